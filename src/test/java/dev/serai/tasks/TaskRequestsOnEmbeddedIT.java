package dev.serai.tasks;

import java.util.Map;

class TaskRequestsOnEmbeddedIT extends TaskRequestsContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
