package dev.serai.tasks;

import java.util.Map;

class BackgroundRouteOnEmbeddedIT extends BackgroundRouteContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
