package dev.serai.topology;

import com.rabbitmq.client.Connection;
import dev.serai.broker.ConnectionState;
import dev.serai.broker.Declarations;
import dev.serai.health.HealthCheck;
import dev.serai.topology.Topologies.BindingSpec;
import dev.serai.topology.Topologies.Partitions;
import dev.serai.topology.Topologies.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private final InstanceQueues instances;
  private final Set<String> lacking = ConcurrentHashMap.newKeySet();
  private volatile Map<Object, String> conflicts = Map.of();
  private final Object turn = new Object();
  private @Nullable Connection declaredOver; // the last one, in turn

  TopologyDeclaration(
      Topologies topologies,
      ConnectionState state,
      InstanceQueues instances,
      CachingConnectionFactory consumers) {
    this.topologies = topologies;
    this.state = state;
    this.instances = instances;
    consumers.addConnectionListener(connection -> declareForConsumers(connection.getDelegate()));
  }

  /**
   * They connect by themselves, perhaps earlier than the publisher. What was declared over a
   * connection that is open still is there, or somebody has removed it.
   */
  private void declareForConsumers(@Nullable Connection connection) {
    if (connection != null) {
      try {
        synchronized (turn) {
          if (declaredOver == null || !declaredOver.isOpen()) {
            declareOn(connection);
          }
        }
        instances.declareOn(connection);
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
    synchronized (turn) {
      declare(connection);
      declaredOver = connection;
    }
  }

  private void declare(Connection connection) throws IOException {
    try (Declaring declaring = new Declaring(connection, conflicts, name -> name, lacking)) {
      topologies.exchanges().values().forEach(declaring::exchange);
      topologies.queues().values().stream()
          .filter(queue -> queue.role() != Role.PER_INSTANCE)
          .forEach(declaring::queue);
      topologies.bindings().stream()
          .filter(binding -> !InstanceQueues.isOwn(topologies, binding.queue()))
          .forEach(declaring::bind);
      topologies.queues().values().stream()
          .filter(queue -> queue.partitions().isPresent())
          .forEach(queue -> removeWay(queue.name(), declaring));
      conflicts = declaring.refused();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** That to the queue itself, of a time when it had no partitions: all would come twice. */
  private void removeWay(String queue, Declaring declaring) {
    topologies.bindings().stream()
        .filter(way -> way.toExchange() && way.queue().equals(Partitions.door(queue)))
        .map(way -> new BindingSpec(way.exchange(), queue, way.key()))
        .forEach(declaring::unbind);
  }

  /**
   * Why the broker refused something.
   *
   * @param spec an exchange, a queue or a binding of the topology
   * @return empty when it was declared as its file says, or not yet
   */
  Optional<String> conflict(Object spec) {
    return Optional.ofNullable(conflicts.get(spec)).or(() -> instances.refusal(spec));
  }

  @Override
  public Result check() {
    List<String> refused = new ArrayList<>(conflicts.values());
    refused.addAll(instances.refused().values());
    if (!refused.isEmpty()) {
      return new Result(CHECK, Status.Degraded, String.join("; ", refused));
    }
    return state.connected()
        ? new Result(CHECK, Status.Healthy, "Exchanges and queues are as the files say")
        : new Result(
            CHECK, Status.Degraded, "Not known while the broker is away; declared when it comes");
  }
}
