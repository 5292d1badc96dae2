package dev.serai.broker;

import java.util.Map;

class InfrastructureOnEmbeddedIT extends InfrastructureContract {

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }

  @Override
  void disconnect() {
    EmbeddedConnections.cut(serai);
  }
}
