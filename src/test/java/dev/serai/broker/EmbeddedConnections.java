package dev.serai.broker;

import dev.serai.support.SeraiApp;
import org.apache.qpid.server.model.ConfiguredObject;

/** The connections of an embedded broker, which a test may break. */
public final class EmbeddedConnections {
  private EmbeddedConnections() {}

  /** Ends all of them, without a word. */
  public static void cut(SeraiApp serai) {
    serai
        .bean(EmbeddedBroker.class)
        .virtualHost()
        .getConnections()
        .forEach(ConfiguredObject::delete);
  }
}
