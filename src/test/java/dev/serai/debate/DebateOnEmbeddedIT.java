package dev.serai.debate;

import java.util.Map;

class DebateOnEmbeddedIT extends DebateContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
