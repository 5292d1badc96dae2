package dev.serai.bloodbank;

import dev.serai.broker.BrokerUnavailableException;
import dev.serai.broker.ConnectionState;
import dev.serai.broker.Transport;
import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Says why nothing can be published. Bean {@code bloodbankHealth}; thread-safe. */
@Component("bloodbankHealth")
public class BloodbankHealth {
  private final Transport transport;
  private final ConnectionState state;

  BloodbankHealth(Transport transport, ConnectionState state) {
    this.transport = transport;
    this.state = state;
  }

  /** The answer when the event of a health check could not be published. */
  public Map<String, String> unhealthy(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    String reason = failure == null ? "no reason is known" : String.valueOf(failure.getMessage());
    boolean noConnection =
        failure instanceof BrokerUnavailableException
            && transport.mode() == Transport.Mode.RABBITMQ
            && !state.connected();
    return Map.of("status", "unhealthy", "error", noConnection ? noConnection(reason) : reason);
  }

  /** As the seed says it; without login. */
  private String noConnection(String otherwise) {
    return "Failed to connect to RabbitMQ at 'amqp://%s:%d/': %s"
        .formatted(transport.host(), transport.port(), state.lastError().orElse(otherwise));
  }
}
