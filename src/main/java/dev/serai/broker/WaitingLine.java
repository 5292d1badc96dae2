package dev.serai.broker;

import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The messages that wait for their turn, oldest first. Thread-safe. */
final class WaitingLine {
  private final BlockingDeque<PendingMessage> line;
  private final PublishOutcomes outcomes;
  private volatile boolean closed;

  /**
   * An empty line.
   *
   * @param longest messages that may wait; one more is refused
   */
  WaitingLine(int longest, PublishOutcomes outcomes) {
    this.line = new LinkedBlockingDeque<>(longest);
    this.outcomes = outcomes;
  }

  boolean isEmpty() {
    return line.isEmpty();
  }

  /** Lets a message wait, or tells its caller that it cannot. */
  void join(PendingMessage message) {
    if (!line.offerLast(message)) {
      outcomes.settle(
          message,
          new BrokerUnavailableException(
              line.size() + " messages wait for the broker already; send less or later"));
    } else if (closed && line.remove(message)) { // asked last, so that none is left behind
      outcomes.settle(message, stopped());
    }
  }

  /** Takes the oldest; null when none comes in time. */
  @Nullable PendingMessage next(long millis) throws InterruptedException {
    return line.pollFirst(millis, TimeUnit.MILLISECONDS);
  }

  /** Lets a message wait again, as the next. */
  void comeBack(PendingMessage message) {
    if (!line.offerFirst(message)) {
      outcomes.settle(
          message, new ConnectionLostException("The connection broke before the " + message));
    }
  }

  /** Tells those that have waited too long. */
  void expire(long nanos, Supplier<PublishException> why) {
    PendingMessage oldest = line.peekFirst();
    while (oldest != null && (oldest.isOver() || oldest.age() > nanos)) {
      if (line.removeFirstOccurrence(oldest) && !oldest.isOver()) {
        outcomes.settle(oldest, why.get());
      }
      oldest = line.peekFirst();
    }
  }

  /** Takes no more messages. */
  void close() {
    closed = true;
  }

  /** Takes messages again. */
  void open() {
    closed = false;
  }

  /** Tells all that wait that it is over. */
  void dismiss() {
    PendingMessage left = line.pollFirst();
    while (left != null) {
      outcomes.settle(left, stopped());
      left = line.pollFirst();
    }
  }

  private static BrokerUnavailableException stopped() {
    return new BrokerUnavailableException("Serai stops and takes no more messages");
  }
}
