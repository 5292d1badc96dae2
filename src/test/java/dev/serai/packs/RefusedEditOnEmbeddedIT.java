package dev.serai.packs;

import java.util.Map;

class RefusedEditOnEmbeddedIT extends RefusedEditContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
