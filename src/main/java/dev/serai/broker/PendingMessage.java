package dev.serai.broker;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A message that a caller waits for: in line, or sent and not yet confirmed. */
final class PendingMessage {
  private volatile OutgoingMessage message;
  private final CompletableFuture<Void> result = new CompletableFuture<>();
  private final long started = System.nanoTime();
  private volatile @Nullable Return returned;
  private boolean suspect; // only the writer asks

  PendingMessage(OutgoingMessage message) {
    this.message = message;
  }

  /** What the broker said when it sent the message back. */
  record Return(int code, String text) {
    private static final int NO_ROUTE = 312;

    boolean isUnroutable() {
      return code == NO_ROUTE;
    }
  }

  OutgoingMessage message() {
    return message;
  }

  CompletableFuture<Void> result() {
    return result;
  }

  /** Nanoseconds since the caller handed it over. */
  long age() {
    return System.nanoTime() - started;
  }

  boolean isOver() {
    return result.isDone();
  }

  /**
   * Was on its way when the broker closed the channel over a message: this one, or another. The
   * broker may have it, so that it is marked before it is sent again.
   */
  void suspect() {
    suspect = true;
    message = message.again();
  }

  boolean isSuspect() {
    return suspect;
  }

  void markReturned(int code, String text) {
    returned = new Return(code, text);
  }

  @Nullable Return returned() {
    return returned;
  }

  /** Whether a returned message is this one; the broker gives it back without a sequence number. */
  boolean matches(String exchange, String routingKey, @Nullable String messageId) {
    return Objects.equals(message.properties().getMessageId(), messageId)
        && message.exchange().equals(exchange)
        && message.routingKey().equals(routingKey);
  }

  @Override
  public String toString() {
    return "message to exchange \"%s\" with key \"%s\""
        .formatted(message.exchange(), message.routingKey());
  }
}
