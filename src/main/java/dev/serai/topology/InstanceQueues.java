package dev.serai.topology;

import com.rabbitmq.client.Connection;
import dev.serai.broker.QueueNames;
import dev.serai.topology.Topologies.QueueSpec;
import dev.serai.topology.Topologies.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The queues that each process has for itself ({@code per-instance: true}). Such a queue belongs to
 * the connection that declared it, so it is declared on the consumers' connection, with a name that
 * no other process has. Thread-safe.
 *
 * <p>After a broken connection the broker may still hold the queue for the old one, until it misses
 * its heartbeats. What it refuses is therefore asked for again every second.
 */
@Component
class InstanceQueues implements QueueNames, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceQueues.class);
  private static final int ID_LENGTH = 12;

  private final Topologies topologies;
  private final CachingConnectionFactory consumers;
  private final ObjectProvider<NewInstanceQueue> openings;
  private final String suffix =
      "." + UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH);
  private final ScheduledExecutorService again =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "serai-instance-queues");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Connection> opened = new ConcurrentHashMap<>();
  private volatile Map<Object, String> refused = Map.of();

  InstanceQueues(
      Topologies topologies,
      CachingConnectionFactory consumers,
      ObjectProvider<NewInstanceQueue> openings) {
    this.topologies = topologies;
    this.openings = openings;
    this.consumers = consumers;
    again.scheduleWithFixedDelay(this::declareAgain, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public String onBroker(String queue) {
    return names(topologies).apply(queue);
  }

  /** The names on the broker, as some files ask for. */
  UnaryOperator<String> names(Topologies files) {
    return queue -> isOwn(files, queue) ? queue + suffix : queue;
  }

  @Override
  public String inFiles(String queue) {
    return queue.endsWith(suffix) ? queue.substring(0, queue.length() - suffix.length()) : queue;
  }

  /** Whether each process has its own queue of this name. */
  static boolean isOwn(Topologies files, String queue) {
    QueueSpec spec = files.queues().get(queue);
    return spec != null && spec.role() == Role.PER_INSTANCE;
  }

  /** What the broker refused, with the reason. */
  Map<Object, String> refused() {
    return refused;
  }

  /** Why the broker refused a queue or binding; empty when it did not. */
  Optional<String> refusal(Object spec) {
    return Optional.ofNullable(refused.get(spec));
  }

  /**
   * Declares and binds all of them.
   *
   * @param connection over which they are consumed
   * @throws IOException if the connection broke in between
   */
  void declareOn(Connection connection) throws IOException {
    try (Declaring declaring =
        new Declaring(connection, refused, names(topologies), new HashSet<>())) {
      topologies.queues().values().stream()
          .filter(queue -> queue.role() == Role.PER_INSTANCE)
          .forEach(declaring::queue);
      topologies.bindings().stream()
          .filter(binding -> isOwn(topologies, binding.queue()))
          .forEach(declaring::bind);
      refused = declaring.refused();
      topologies.queues().values().stream()
          .filter(queue -> queue.role() == Role.PER_INSTANCE)
          .forEach(queue -> tell(queue, connection));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Once for each connection, when all that is published comes in. */
  private void tell(QueueSpec queue, Connection connection) {
    boolean whole =
        !refused.containsKey(queue)
            && topologies.bindings().stream()
                .filter(binding -> binding.queue().equals(queue.name()))
                .noneMatch(refused::containsKey);
    if (whole && opened.get(queue.name()) != connection) {
      openings.forEach(opening -> opening.declared(queue.name()));
      opened.put(queue.name(), connection);
    }
  }

  private void declareAgain() {
    try {
      Connection connection = refused.isEmpty() ? null : consumers.createConnection().getDelegate();
      if (connection != null) {
        declareOn(connection);
      }
    } catch (IOException | AmqpException e) {
      LOG.debug("The broker is away; they are declared when it comes", e);
    }
  }

  @Override
  public void destroy() {
    again.shutdownNow();
  }
}
