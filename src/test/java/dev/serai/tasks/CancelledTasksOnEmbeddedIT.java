package dev.serai.tasks;

import java.util.Map;

class CancelledTasksOnEmbeddedIT extends CancelledTasksContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
