package dev.serai.packs.debias;

import java.util.Map;

class WholeWayOnEmbeddedIT extends WholeWayContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
