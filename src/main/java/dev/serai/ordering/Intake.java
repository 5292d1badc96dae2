package dev.serai.ordering;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.serai.broker.OutgoingMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what lies in a queue with partitions itself on to the partitions, one after the other and
 * confirmed: messages of publishers that do not know the partitions, and those that are replayed.
 * Over a connection of its own: RabbitMQ stops one that publishes while it is short of memory.
 */
final class Intake {
  /** Headers in which a message keeps what it was published with. */
  static final String EXCHANGE = "serai-exchange";

  static final String ROUTING_KEY = "serai-routing-key";

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_REFUSALS = 2;
  private static final long REFUSED_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int CLOSE_MILLIS = 1000;

  private final Partitioned queue;
  private final Intakes all;
  private final Executor thread;
  private volatile @Nullable Connection connection;
  private @Nullable Carrier carrier;
  private boolean paused;
  private volatile String said = "";
  private volatile @Nullable Refusal refusal;

  /**
   * That the broker has closed the channel over a message.
   *
   * @param letter which one; another instance may carry it on meanwhile, or park it
   * @param times one after the other
   * @param nanos when, the last time
   */
  private record Refusal(Letter letter, int times, long nanos) {
    boolean isOf(Letter other) {
      return System.nanoTime() - nanos < REFUSED_NANOS && letter.isCopyOf(other);
    }
  }

  /**
   * One that does nothing yet.
   *
   * @param thread sends on, one message after the other
   */
  Intake(Partitioned queue, Intakes all, Executor thread) {
    this.queue = queue;
    this.all = all;
    this.thread = thread;
  }

  /**
   * Consumes the queue, unless it is consumed already.
   *
   * @throws IOException it cannot be consumed now
   */
  void tend() throws IOException {
    if (isWanted()) {
      use(open(connected()));
    }
  }

  private synchronized boolean isWanted() {
    return !paused && (carrier == null || carrier.isOver());
  }

  /** Which may take long, so that nobody waits for it who wants to pause. */
  private Connection connected() throws IOException {
    Connection current = connection;
    if (current == null || !current.isOpen()) {
      try {
        current = all.broker().newConnection("serai-intake");
      } catch (TimeoutException e) {
        throw new IOException(e);
      }
      connection = current;
    }
    return current;
  }

  private Carrier open(Connection current) throws IOException {
    Channel channel = current.openChannel().orElseThrow(() -> new IOException("No channel"));
    Carrier opened = new Carrier(this, channel);
    try {
      opened.begin(queue.queue());
    } catch (IOException | RuntimeException e) {
      Acks.close(channel);
      throw e;
    }
    return opened;
  }

  /** Unless it was paused meanwhile. */
  private synchronized void use(Carrier opened) {
    if (paused) {
      disconnect();
    } else {
      carrier = opened;
      thread.execute(opened);
    }
  }

  /** Takes nothing more; what was not sent on is back in its place. */
  synchronized void pause() {
    paused = true;
    if (carrier != null) {
      carrier.end(PATIENCE);
      carrier = null;
    }
    disconnect();
  }

  private void disconnect() {
    Connection current = connection;
    if (current != null) {
      current.abort(CLOSE_MILLIS);
      connection = null;
    }
  }

  synchronized void resume() {
    paused = false;
  }

  /** What becomes of a message. */
  OutgoingMessage sentOn(Letter letter) {
    return all.messages().sentOn(queue, letter);
  }

  /** A message is in its partition. */
  void sent(Letter letter, OutgoingMessage message) {
    refusal = null;
    said = "";
    all.tell(letter, message.properties());
  }

  /** The broker has closed the channel over a message. */
  void refused(Letter letter) {
    Refusal last = refusal;
    int before = last != null && last.isOf(letter) ? last.times() : 0;
    refusal = new Refusal(letter, before + 1, System.nanoTime());
  }

  /** Whether it does so again and again over this one. */
  boolean isRefused(Letter letter) {
    Refusal last = refusal;
    return last != null && last.times() >= MOST_REFUSALS && last.isOf(letter);
  }

  /** Tells why nothing goes on; it is tried again. */
  void say(String why) {
    if (!why.equals(said)) {
      said = why;
      LOG.warn(
          "A message of queue {} cannot be put into its partition: {}",
          queue.queue(),
          oneLine(why));
    }
  }

  /**
   * Parks what can never be sent, so that the rest can go on.
   *
   * @throws IOException it is not parked
   */
  void park(Letter letter, NeverSentException why) throws IOException, InterruptedException {
    refusal = null;
    Optional<OutgoingMessage> whole = all.messages().parked(queue, letter, why, false);
    Optional<OutgoingMessage> bare = all.messages().parked(queue, letter, why, true);
    if (whole.isEmpty() || bare.isEmpty()) {
      throw new IOException(why.getMessage() + "; it holds up all others: add park: to the queue");
    }
    if (!all.isParked(whole.get()) && !all.isParked(bare.get())) {
      throw new IOException("It cannot be parked either: " + why.getMessage());
    }
    LOG.error(
        "A message of queue {} is parked: {}",
        queue.queue(),
        oneLine(String.valueOf(why.getMessage())));
  }

  /** Text from outside must not be able to forge lines of the log. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
