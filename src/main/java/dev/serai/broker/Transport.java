package dev.serai.broker;

/**
 * The broker this process uses, and why.
 *
 * @param mode embedded or RabbitMQ
 * @param reason one clause for the log, without secrets
 * @param host name or address of the broker
 * @param port port of the broker
 */
public record Transport(Mode mode, String reason, String host, int port) {

  /** The kinds of broker. */
  public enum Mode {
    /** Qpid Broker-J in this process; one instance only. */
    EMBEDDED,
    /** A RabbitMQ server or cluster; any number of instances. */
    RABBITMQ
  }

  /** The start-up line. */
  String announcement() {
    return mode == Mode.RABBITMQ
        ? "[Serai] Event bus configured with RabbitMQ transport (multi-instance mode)"
            + " - Host: %s:%d (%s)".formatted(host, port, reason)
        : "[Serai] Event bus configured with embedded transport (single-instance mode)"
            + " - %s".formatted(reason);
  }
}
