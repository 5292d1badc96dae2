package dev.serai.broker;

import dev.serai.support.SeraiApp;
import org.apache.qpid.server.model.ConfiguredObject;

/** The connections of an embedded broker, which a test may break. */
final class EmbeddedConnections {
  private EmbeddedConnections() {}

  static void cut(SeraiApp serai) {
    serai
        .bean(EmbeddedBroker.class)
        .virtualHost()
        .getConnections()
        .forEach(ConfiguredObject::delete);
  }
}
