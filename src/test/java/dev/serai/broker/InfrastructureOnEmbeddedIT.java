package dev.serai.broker;

import java.util.Map;
import org.apache.qpid.server.model.ConfiguredObject;

class InfrastructureOnEmbeddedIT extends InfrastructureContract {

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }

  @Override
  void disconnect() {
    serai
        .bean(EmbeddedBroker.class)
        .virtualHost()
        .getConnections()
        .forEach(ConfiguredObject::delete);
  }
}
