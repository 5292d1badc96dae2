package dev.serai.console;

import dev.serai.broker.ConnectionState;
import dev.serai.broker.Transport;
import dev.serai.health.HealthCheck;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Whether the broker can be reached; named {@code rabbitmq} as in the Conduit seed, whichever
 * broker it is.
 */
@Component
class BrokerHealth implements HealthCheck {
  private final Transport transport;
  private final ConnectionState connection;
  private final int patience;

  /**
   * Watches the connection.
   *
   * @param patience failed attempts in a row after which it is unhealthy; connecting goes on all
   *     the same
   */
  BrokerHealth(
      Transport transport,
      ConnectionState connection,
      @Value("${serai.broker.max-reconnect-attempts}") int patience) {
    this.transport = transport;
    this.connection = connection;
    this.patience = patience;
  }

  @Override
  public Result check() {
    if (connection.connected()) {
      return new Result("rabbitmq", Status.Healthy, established());
    }
    int failed = connection.failedAttempts();
    String description =
        "No connection to %s:%d after %d attempts: %s"
            .formatted(
                transport.host(),
                transport.port(),
                failed,
                connection.lastError().orElse("none was made yet"));
    return new Result(
        "rabbitmq", failed < patience ? Status.Degraded : Status.Unhealthy, description);
  }

  private String established() {
    return switch (transport.mode()) {
      case EMBEDDED -> "Embedded broker in use: " + transport.reason();
      case RABBITMQ ->
          "RabbitMQ connection established to %s:%d".formatted(transport.host(), transport.port());
    };
  }
}
