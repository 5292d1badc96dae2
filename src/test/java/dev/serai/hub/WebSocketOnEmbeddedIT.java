package dev.serai.hub;

import java.util.Map;

class WebSocketOnEmbeddedIT extends WebSocketContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
