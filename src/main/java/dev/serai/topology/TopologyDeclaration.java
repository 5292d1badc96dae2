package dev.serai.topology;

import com.rabbitmq.client.Connection;
import dev.serai.broker.ConnectionState;
import dev.serai.broker.Declarations;
import dev.serai.health.HealthCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpIOException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * Declares everything on each new connection, before messages are published or consumed over it; so
 * also after the broker was restarted.
 *
 * <p>Each exchange, queue and binding is declared on its own: one that conflicts with the broker is
 * reported, the rest is declared all the same.
 */
@Component
class TopologyDeclaration implements Declarations, HealthCheck {
  private static final String CHECK = "topology";

  private final Topologies topologies;
  private final ConnectionState state;
  private volatile Map<Object, String> conflicts = Map.of();

  TopologyDeclaration(
      Topologies topologies, ConnectionState state, CachingConnectionFactory consumers) {
    this.topologies = topologies;
    this.state = state;
    consumers.addConnectionListener(connection -> declareForConsumers(connection.getDelegate()));
  }

  /** They connect by themselves, perhaps earlier than the publisher. */
  private void declareForConsumers(@Nullable Connection connection) {
    if (connection != null) {
      try {
        declareOn(connection);
      } catch (IOException e) {
        throw new AmqpIOException(e);
      }
    }
  }

  @Override
  public boolean declares(String exchange) {
    return topologies.exchanges().containsKey(exchange);
  }

  @Override
  public void declareOn(Connection connection) throws IOException {
    try (Declaring declaring = new Declaring(connection, conflicts)) {
      topologies.exchanges().values().forEach(declaring::exchange);
      topologies.queues().values().forEach(declaring::queue);
      topologies.bindings().forEach(declaring::bind);
      conflicts = declaring.refused();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Why the broker refused something.
   *
   * @param spec an exchange, a queue or a binding of the topology
   * @return empty when it was declared as its file says, or not yet
   */
  Optional<String> conflict(Object spec) {
    return Optional.ofNullable(conflicts.get(spec));
  }

  @Override
  public Result check() {
    if (!conflicts.isEmpty()) {
      return new Result(CHECK, Status.Degraded, String.join("; ", conflicts.values()));
    }
    return state.connected()
        ? new Result(CHECK, Status.Healthy, "Exchanges and queues are as the files say")
        : new Result(
            CHECK, Status.Degraded, "Not known while the broker is away; declared when it comes");
  }
}
