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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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
  private static final int PATIENCE_SECONDS = 5;

  private final Topologies topologies;
  private final ConnectionState state;
  private final InstanceQueues instances;
  private final Set<String> lacking = ConcurrentHashMap.newKeySet();
  private volatile Map<Object, String> conflicts = Map.of();
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Connection declaredOver; // the last one

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
        inTurn(connection, false);
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
    inTurn(connection, true);
  }

  /**
   * Two connections need not declare the same at the same time; one that hangs holds up no other
   * for long.
   */
  private void inTurn(Connection connection, boolean anyhow) throws IOException {
    boolean ours = waitForTurn();
    try {
      Connection last = declaredOver;
      if (anyhow || !ours || last == null || !last.isOpen()) {
        declare(connection);
        declaredOver = connection;
      }
    } finally {
      if (ours) {
        turn.unlock();
      }
    }
  }

  private boolean waitForTurn() {
    try {
      return turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
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
