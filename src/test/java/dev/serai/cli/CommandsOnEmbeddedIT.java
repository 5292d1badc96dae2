package dev.serai.cli;

import java.util.Map;

class CommandsOnEmbeddedIT extends CommandsContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
