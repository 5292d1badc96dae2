package dev.serai.broker;

import dev.serai.broker.Transport.Mode;
import java.util.List;

/**
 * Which broker this process uses.
 *
 * @param mode embedded or RabbitMQ
 * @param reason one clause for the log, without secrets
 */
record TransportChoice(Mode mode, String reason) {

  /**
   * Chooses. A host counts wherever it is written, {@code localhost} included, except Conduit's:
   * there {@code localhost} means development, without RabbitMQ.
   *
   * @param wanted {@code auto}, {@code embedded} or {@code rabbitmq}
   * @param sources the one that wins first
   */
  static TransportChoice choose(String wanted, List<BrokerSource> sources) {
    switch (wanted) {
      case "embedded":
        return new TransportChoice(Mode.EMBEDDED, "serai.broker.mode is embedded");
      case "rabbitmq":
        return new TransportChoice(Mode.RABBITMQ, "serai.broker.mode is rabbitmq");
      case "auto":
        break;
      default:
        throw new IllegalArgumentException(
            "serai.broker.mode is \"%s\"; write auto, embedded or rabbitmq".formatted(wanted));
    }
    boolean conduitLocal = false;
    for (BrokerSource source : sources) {
      if (source.host() == null) {
        continue;
      }
      if (!source.name().equals(BrokerSource.CONDUIT_HOST)) {
        return new TransportChoice(Mode.RABBITMQ, source.name() + " is set");
      }
      if (!source.host().equalsIgnoreCase("localhost")) {
        return new TransportChoice(Mode.RABBITMQ, source.name() + " is set and not localhost");
      }
      conduitLocal = true;
    }
    return new TransportChoice(
        Mode.EMBEDDED,
        conduitLocal
            ? BrokerSource.CONDUIT_HOST + " is localhost; set RABBITMQ_HOST to use RabbitMQ there"
            : "no RabbitMQ is configured; set RABBITMQ_HOST or RABBITMQ_URI to use one");
  }
}
