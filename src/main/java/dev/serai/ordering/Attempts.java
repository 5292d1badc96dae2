package dev.serai.ordering;

import com.rabbitmq.client.Envelope;
import dev.serai.broker.Deliveries;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;

/** Tries messages with the route of a consumer. Thread-safe. */
final class Attempts implements Crew.Work {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_ENDED = 10_000;

  private final DefaultConsumer consumer;
  private final String queue;
  private final HoldingBack holding;
  private final Timer waited;
  private final Ended ended = new Ended(MOST_ENDED);

  /**
   * Those of one consumer.
   *
   * @param queue as its file calls it
   * @param waited takes the time from delivery to the first attempt
   */
  Attempts(DefaultConsumer consumer, String queue, HoldingBack holding, Timer waited) {
    this.consumer = consumer;
    this.queue = queue;
    this.holding = holding;
    this.waited = waited;
  }

  @Override
  public Optional<Duration> attempt(Held message) {
    if (message.isFirst()) {
      waited.record(message.age(), TimeUnit.NANOSECONDS);
    }
    try {
      Letter letter = message.parcel().open();
      if (ended.isRepeated(message, letter)) {
        return Optional.empty();
      }
      Optional<Duration> wait = attempt(message, letter);
      if (wait.isEmpty()) {
        ended.add(letter);
      }
      return wait;
    } catch (IOException e) {
      consumer.getExceptionHandler().handleException("The body of a message cannot be read", e);
      return Optional.of(PAUSE);
    }
  }

  private Optional<Duration> attempt(Held message, Letter letter) {
    Exchange exchange = consumer.createExchange(false);
    try {
      Deliveries.fill(
          exchange,
          queue,
          new Envelope(message.tag(), false, letter.exchange(), letter.routingKey()),
          letter.properties(),
          letter.body());
      message.kept().begin(exchange);
      holding.attempt(message, exchange, this::route);
    } catch (RuntimeException e) {
      exchange.setException(e);
    }
    try {
      if (exchange.getException() == null) {
        return message.kept().nextWait();
      }
      consumer
          .getExceptionHandler()
          .handleException(
              "The message stays where it is, and is tried again",
              exchange,
              exchange.getException());
      return Optional.of(PAUSE);
    } finally {
      consumer.releaseExchange(exchange, false);
    }
  }

  private void route(Exchange exchange) {
    try {
      consumer.getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
  }
}
