package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Publishes over one connection that is always kept open.
 *
 * <p>Callers put messages in a line; one thread writes them and one gives up those that wait too
 * long. So the number of threads does not depend on the number of callers, nor on the state of the
 * broker. Results complete on those threads or on the connection's: attach what may block with an
 * executor of its own.
 */
@Component
class ConfirmedPublisher implements Publisher, SmartLifecycle {
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final ConnectionLoop connections;
  private final ConnectionState state;
  private final BrokerSettings settings;
  private final PublishOutcomes outcomes;
  private final Declarations declarations;
  private final WaitingLine line;
  private volatile @Nullable Running work;

  ConfirmedPublisher(
      ConnectionFactory broker,
      ConnectionState state,
      BrokerSettings settings,
      PublishOutcomes outcomes,
      Declarations declarations) {
    this.state = state;
    this.settings = settings;
    this.outcomes = outcomes;
    this.declarations = declarations;
    this.line = new WaitingLine(settings.publishing().maxWaiting(), outcomes);
    Backoff backoff = new Backoff(settings.connection().reconnectDelay());
    this.connections = new ConnectionLoop(broker, state, declarations, backoff);
  }

  /** What runs from start to stop. */
  private record Running(LineWriter writer, Thread thread, ScheduledExecutorService clock) {}

  @Override
  public CompletableFuture<Void> publish(OutgoingMessage message) {
    PendingMessage pending = new PendingMessage(message);
    if (connections.isDownFor(timeout())) {
      outcomes.settle(pending, away());
    } else {
      line.join(pending);
    }
    return pending.result();
  }

  private BrokerUnavailableException away() {
    return new BrokerUnavailableException(
        "There is no connection to the broker: " + state.lastError().orElse("none was made yet"));
  }

  private long timeout() {
    return settings.publishing().timeout().toNanos();
  }

  /** Begins to connect; the topology is declared while the routes are loaded. */
  @Override
  public synchronized void start() {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(daemon("serai-publisher-clock"));
    LineWriter writer =
        new LineWriter(line, outcomes, declarations, settings.publishing().maxUnconfirmed(), clock);
    Thread thread =
        daemon("serai-publisher").newThread(() -> connections.run(writer::isRunning, writer));
    work = new Running(writer, thread, clock);
    line.open();
    clock.scheduleWithFixedDelay(() -> expire(writer), 50, 50, TimeUnit.MILLISECONDS);
    thread.start();
  }

  /**
   * Serai is not ready before the first attempt to connect is over, so that the topology is
   * declared by then; or after a while, when the broker does not answer at all.
   */
  @EventListener(ApplicationStartedEvent.class)
  void awaitFirstAttempt() {
    state.awaitFirstAttempt();
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private void expire(LineWriter writer) {
    line.expire(
        timeout(),
        () ->
            state.connected()
                ? new BrokerUnavailableException(
                    "The broker is too slow: the message did not get its turn")
                : away());
    writer.expire(timeout());
  }

  /** Sends what is in line and waits for its confirms, for a while; then tells those left. */
  @Override
  public synchronized void stop() {
    Running ending = work;
    if (ending == null) {
      return;
    }
    work = null;
    line.close();
    ending.writer().finish(DRAIN);
    try {
      ending.thread().join(DRAIN.plusMillis(500).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ending.thread().interrupt();
    ending.writer().abandon();
    line.dismiss();
    ending.clock().shutdown(); // those that wait for their return are told still
  }

  @Override
  public boolean isRunning() {
    return work != null;
  }

  /** Before the routes start, after they have stopped. */
  @Override
  public int getPhase() {
    return 0;
  }
}
