package dev.serai.publish;

import java.util.Map;

class PublishOnEmbeddedIT extends PublishContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
