package dev.serai.streams;

import java.util.Map;

class TaskStreamOnEmbeddedIT extends TaskStreamContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
