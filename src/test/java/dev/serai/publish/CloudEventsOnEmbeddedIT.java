package dev.serai.publish;

import java.util.Map;

class CloudEventsOnEmbeddedIT extends CloudEventsContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
