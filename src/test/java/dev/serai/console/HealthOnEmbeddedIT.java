package dev.serai.console;

import java.util.Map;

class HealthOnEmbeddedIT extends HealthContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }

  @Override
  String established() {
    return "Embedded broker in use: serai.broker.mode is embedded";
  }
}
