package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.ReturnListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one channel that the broker has not confirmed yet, and what becomes of each.
 *
 * <p>RabbitMQ returns an unroutable message and then acknowledges it; Broker-J refuses it and
 * returns it afterwards. So there a refused message waits for its return, which tells why. Called
 * by the connection's thread and by the writer.
 */
final class Confirms implements ConfirmListener, ReturnListener {
  private final ConcurrentNavigableMap<Long, PendingMessage> sent = new ConcurrentSkipListMap<>();
  private final Queue<PendingMessage> refused = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService clock;
  private final long patienceMillis;
  private final BiConsumer<PendingMessage, @Nullable PublishException> outcome;
  private final Runnable freed;

  /**
   * Watches one channel.
   *
   * @param clock waits for late returns
   * @param patienceMillis how long a return may come after the refusal; 0 when it comes before
   * @param outcome told of each message, once; without an exception it was confirmed
   * @param freed told after each message that is not in flight any more
   */
  Confirms(
      ScheduledExecutorService clock,
      long patienceMillis,
      BiConsumer<PendingMessage, @Nullable PublishException> outcome,
      Runnable freed) {
    this.clock = clock;
    this.patienceMillis = patienceMillis;
    this.outcome = outcome;
    this.freed = freed;
  }

  void sent(long sequence, PendingMessage message) {
    sent.put(sequence, message);
  }

  void notSent(long sequence) {
    if (sent.remove(sequence) != null) {
      freed.run();
    }
  }

  /** Gives up the messages that are older than this; the oldest are first. */
  void expire(long nanos) {
    Map.Entry<Long, PendingMessage> oldest = sent.firstEntry();
    while (oldest != null && oldest.getValue().age() > nanos) {
      if (sent.remove(oldest.getKey()) != null) {
        freed.run();
        outcome.accept(
            oldest.getValue(),
            new ConfirmTimeoutException("The broker did not confirm the " + oldest.getValue()));
      }
      oldest = sent.firstEntry();
    }
  }

  /** Empties it, oldest first, because the channel is gone. */
  List<PendingMessage> takeAll() {
    List<PendingMessage> all = new ArrayList<>();
    Map.Entry<Long, PendingMessage> first = sent.pollFirstEntry();
    while (first != null) {
      all.add(first.getValue());
      first = sent.pollFirstEntry();
    }
    return all;
  }

  @Override
  public void handleAck(long tag, boolean multiple) {
    each(tag, multiple, this::acknowledged);
  }

  @Override
  public void handleNack(long tag, boolean multiple) {
    each(tag, multiple, this::refused);
  }

  private void each(long tag, boolean multiple, Consumer<PendingMessage> action) {
    if (!multiple) {
      PendingMessage message = sent.remove(tag);
      if (message != null) {
        freed.run();
        action.accept(message);
      }
      return;
    }
    Map.Entry<Long, PendingMessage> first = sent.firstEntry();
    while (first != null && first.getKey() <= tag) {
      PendingMessage message = sent.remove(first.getKey());
      if (message != null) {
        freed.run();
        action.accept(message);
      }
      first = sent.firstEntry();
    }
  }

  private void acknowledged(PendingMessage message) {
    PendingMessage.Return returned = message.returned();
    outcome.accept(message, returned == null ? null : reason(message, returned));
  }

  private void refused(PendingMessage message) {
    PendingMessage.Return returned = message.returned();
    if (returned != null) {
      outcome.accept(message, reason(message, returned));
      return;
    }
    refused.add(message);
    if (patienceMillis == 0) {
      refusedForGood(message);
    } else {
      clock.schedule(() -> refusedForGood(message), patienceMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void refusedForGood(PendingMessage message) {
    if (refused.remove(message)) {
      outcome.accept(
          message,
          new MessageNackedException(
              "The broker refused the " + message + "; a queue may be full"));
    }
  }

  @Override
  public void handleReturn(
      int code,
      String text,
      String exchange,
      String routingKey,
      AMQP.BasicProperties properties,
      byte[] body) {
    List<PendingMessage> found =
        Stream.concat(refused.stream(), sent.values().stream())
            .filter(m -> m.matches(exchange, routingKey, properties.getMessageId()))
            .toList();
    for (PendingMessage message : found) {
      message.markReturned(code, text);
      if (refused.remove(message)) {
        outcome.accept(message, reason(message, new PendingMessage.Return(code, text)));
      }
    }
  }

  private static PublishException reason(PendingMessage message, PendingMessage.Return returned) {
    return returned.isUnroutable()
        ? new UnroutableException("No queue is bound for the " + message)
        : new QueueFullException(
            "A queue is full and refuses the " + message + ": " + returned.text());
  }
}
