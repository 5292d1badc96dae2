package dev.serai.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
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
  private static final Logger LOG = LoggerFactory.getLogger(ConfirmedPublisher.class);
  private static final long DRAIN_MILLIS = 2000;

  private final ConnectionFactory broker;
  private final ConnectionState state;
  private final BrokerSettings settings;
  private final PublishOutcomes outcomes;
  private final BlockingDeque<PendingMessage> line;
  private final Backoff backoff;
  private volatile @Nullable PublishingSession session;
  private volatile boolean running;
  private volatile long downSince = System.nanoTime();
  private @Nullable Thread writer;
  private @Nullable ScheduledExecutorService clock;

  ConfirmedPublisher(
      ConnectionFactory broker,
      ConnectionState state,
      BrokerSettings settings,
      PublishOutcomes outcomes) {
    this.broker = broker;
    this.state = state;
    this.settings = settings;
    this.outcomes = outcomes;
    this.line = new LinkedBlockingDeque<>(settings.publishing().maxWaiting());
    this.backoff = new Backoff(settings.connection().reconnectDelay());
  }

  @Override
  public CompletableFuture<Void> publish(OutgoingMessage message) {
    PendingMessage pending = new PendingMessage(message);
    if (!state.connected() && System.nanoTime() - downSince > timeout()) {
      outcomes.settle(pending, away());
    } else if (!line.offerLast(pending)) {
      outcomes.settle(
          pending,
          new BrokerUnavailableException(
              line.size() + " messages wait for the broker already; send less or later"));
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

  @Override
  public synchronized void start() {
    running = true;
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(daemon("serai-publisher-clock"));
    timer.scheduleWithFixedDelay(this::expire, 50, 50, TimeUnit.MILLISECONDS);
    Thread thread = daemon("serai-publisher").newThread(() -> write(timer));
    clock = timer;
    writer = thread;
    thread.start();
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private void expire() {
    PendingMessage oldest = line.peekFirst();
    while (oldest != null && (oldest.isOver() || oldest.age() > timeout())) {
      if (line.removeFirstOccurrence(oldest) && !oldest.isOver()) {
        outcomes.settle(
            oldest,
            state.connected()
                ? new BrokerUnavailableException(
                    "The broker is too slow: the message did not get its turn")
                : away());
      }
      oldest = line.peekFirst();
    }
    PublishingSession current = session;
    if (current != null) {
      current.expire(timeout());
    }
  }

  private void write(ScheduledExecutorService timer) {
    while (running) {
      try {
        serve(broker.newConnection("serai-publisher"), timer);
      } catch (IOException | TimeoutException | RuntimeException e) {
        state.attemptFailed(reason(e));
        LOG.warn("No connection to the broker: {}; the next attempt follows", reason(e));
        backoff.await(() -> running);
      }
    }
  }

  /**
   * Publishes over a connection until it is lost; then the first attempt to open another follows at
   * once.
   */
  private void serve(Connection connection, ScheduledExecutorService timer) {
    backoff.reset();
    state.opened();
    LOG.info("Connected to the broker");
    String why = "the channel could not be opened";
    try {
      while (running && connection.isOpen()) {
        runSession(connection, timer);
      }
      why = String.valueOf(connection.getCloseReason());
    } catch (IOException | RuntimeException e) {
      why = reason(e);
    } finally {
      connection.abort(1000);
    }
    if (running) {
      downSince = System.nanoTime();
      state.lost(why);
      LOG.warn("Lost the connection to the broker: {}", why);
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void runSession(Connection connection, ScheduledExecutorService timer)
      throws IOException {
    Semaphore window = new Semaphore(settings.publishing().maxUnconfirmed());
    Confirms confirms = new Confirms(timer, outcomes::settle, window::release);
    PublishingSession current = new PublishingSession(connection, confirms, window);
    session = current;
    try {
      while (running && current.isOpen()) {
        sendNext(current);
      }
    } catch (IOException e) {
      LOG.debug("The channel is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      session = null;
      outcomes.abandon(current, line);
    }
  }

  private void sendNext(PublishingSession current) throws IOException, InterruptedException {
    if (!current.hasRoom()) {
      return;
    }
    PendingMessage next = line.pollFirst(100, TimeUnit.MILLISECONDS);
    if (next == null || next.isOver()) {
      current.giveRoomBack();
      return;
    }
    try {
      current.send(next);
    } catch (UnknownExchangeException | UnsendableException e) {
      outcomes.settle(next, e);
    }
  }

  @Override
  public synchronized void stop() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
    running = false;
    Thread thread = writer;
    if (thread != null) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread.interrupt();
    }
    ScheduledExecutorService timer = clock;
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the routes start, after they have stopped. */
  @Override
  public int getPhase() {
    return 0;
  }
}
