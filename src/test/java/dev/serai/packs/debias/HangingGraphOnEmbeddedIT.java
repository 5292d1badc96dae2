package dev.serai.packs.debias;

import java.util.Map;

class HangingGraphOnEmbeddedIT extends HangingGraphContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
