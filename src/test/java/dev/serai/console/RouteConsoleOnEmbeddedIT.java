package dev.serai.console;

import java.util.Map;

class RouteConsoleOnEmbeddedIT extends RouteConsoleContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
