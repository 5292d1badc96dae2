package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * How many messages and consumers each queue has, and which exchanges there are, as the broker
 * says.
 *
 * <p>Reads by passive declare on one thread of its own, at most once a second; any number of
 * callers share a reading. Safe for concurrent use.
 */
@Component
public class QueueFigures implements DisposableBean {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ConnectionFactory connections;
  private final ConnectionState state;
  private final QueueNames names;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "serai-queue-figures");
            thread.setDaemon(true);
            return thread;
          });

  private volatile Reading newest = Reading.none();

  /** What the reading said that was over last; nothing when that one failed. */
  private volatile Map<String, Figures> known = Map.of();

  QueueFigures(ConnectionFactory connections, ConnectionState state, QueueNames names) {
    this.connections = connections;
    this.state = state;
    this.names = names;
  }

  /**
   * The figures of one queue.
   *
   * @param messages that are ready; those being processed are not counted
   * @param consumers that are subscribed, of all processes
   */
  public record Figures(long messages, long consumers) {}

  private record Reading(long nanos, CompletableFuture<Map<String, Figures>> figures) {
    static Reading none() {
      return new Reading(
          System.nanoTime() - FRESH.toNanos(), CompletableFuture.completedFuture(Map.of()));
    }

    boolean isFresh() {
      return System.nanoTime() - nanos < FRESH.toNanos();
    }
  }

  /**
   * Figures that are at most a second old.
   *
   * @param queues names as files have them
   * @return completes with an entry for each queue that exists; fails within two seconds when the
   *     broker is away
   */
  public CompletableFuture<Map<String, Figures>> of(Collection<String> queues) {
    return current(queues).figures.thenApply(all -> only(queues, all));
  }

  /**
   * The last known figures of a queue, without waiting; asks for fresh ones. Those are not in time
   * for this caller, nor for others that ask while they are read.
   *
   * @return empty when the queue does not exist, the broker is away or nobody has asked before
   */
  public Optional<Figures> latest(String queue) {
    Optional<Figures> figures = Optional.ofNullable(known.get(queue));
    current(Set.of(queue));
    return state.connected() ? figures : Optional.empty();
  }

  private synchronized Reading current(Collection<String> queues) {
    boolean more = asked.addAll(queues);
    if (more || !newest.isFresh()) {
      CompletableFuture<Map<String, Figures>> read = new CompletableFuture<>();
      read.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      Reading next =
          new Reading(
              System.nanoTime(),
              read.whenComplete((all, failure) -> known = failure == null ? all : Map.of()));
      ask(read, this::read);
      newest = next;
    }
    return newest;
  }

  private static Map<String, Figures> only(Collection<String> queues, Map<String, Figures> all) {
    Map<String, Figures> wanted = new LinkedHashMap<>();
    for (String queue : queues) {
      Figures figures = all.get(queue);
      if (figures != null) {
        wanted.put(queue, figures);
      }
    }
    return wanted;
  }

  /**
   * Those of some exchanges that the broker has.
   *
   * @return fails within two seconds when the broker is away
   */
  public CompletableFuture<Set<String>> existing(Collection<String> exchanges) {
    CompletableFuture<Set<String>> found = new CompletableFuture<>();
    found.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    ask(
        found,
        connection ->
            exchanges.stream()
                .filter(exchange -> exists(connection, exchange))
                .collect(Collectors.toSet()));
    return found;
  }

  private static boolean exists(Connection connection, String exchange) {
    try (Channel channel = connection.createChannel(false)) {
      channel.exchangeDeclarePassive(exchange);
      return true;
    } catch (IOException | TimeoutException e) {
      return false;
    }
  }

  private Map<String, Figures> read(Connection connection) {
    Map<String, Figures> figures = new LinkedHashMap<>();
    for (String queue : asked) {
      passive(connection, names.onBroker(queue)).ifPresent(found -> figures.put(queue, found));
    }
    return figures;
  }

  private <T> void ask(CompletableFuture<T> result, Function<Connection, T> question) {
    reader.execute(() -> answer(result, question));
  }

  private <T> void answer(CompletableFuture<T> result, Function<Connection, T> question) {
    if (!state.connected()) {
      result.completeExceptionally(
          new BrokerUnavailableException(
              state.lastError().orElse("There is no connection to the broker")));
      return;
    }
    try (Connection connection = connections.createConnection()) {
      result.complete(question.apply(connection));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** On a channel of its own, because the broker closes it when the queue is missing. */
  private static Optional<Figures> passive(Connection connection, String queue) {
    try (Channel channel = connection.createChannel(false)) {
      AMQP.Queue.DeclareOk declared = channel.queueDeclarePassive(queue);
      return Optional.of(new Figures(declared.getMessageCount(), declared.getConsumerCount()));
    } catch (IOException | TimeoutException e) {
      return Optional.empty();
    }
  }

  @Override
  public void destroy() {
    reader.shutdownNow();
  }
}
