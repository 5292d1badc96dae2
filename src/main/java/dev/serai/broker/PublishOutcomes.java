package dev.serai.broker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells a caller what became of its message, and counts it. */
@Component
class PublishOutcomes {
  private final MeterRegistry meters;
  private final UnroutableRule unroutable;
  private final Map<String, Timer> confirmed = new ConcurrentHashMap<>();

  PublishOutcomes(MeterRegistry meters, UnroutableRule unroutable) {
    this.meters = meters;
    this.unroutable = unroutable;
  }

  /**
   * Ends the wait of a message's caller.
   *
   * @param failure null when the broker has confirmed the message
   */
  void settle(PendingMessage message, @Nullable PublishException failure) {
    String exchange = message.message().exchange();
    if (failure == null) {
      timer(exchange).record(message.age(), TimeUnit.NANOSECONDS);
      count(exchange, "confirmed");
      message.result().complete(null);
    } else if (failure instanceof UnroutableException && unroutable.dropsUnroutable(exchange)) {
      count(exchange, "dropped");
      message.result().complete(null);
    } else {
      count(exchange, outcome(failure));
      message.result().completeExceptionally(failure);
    }
  }

  private static String outcome(PublishException failure) {
    if (failure instanceof UnroutableException) {
      return "unroutable";
    }
    return failure instanceof MessageNackedException || failure instanceof QueueFullException
        ? "refused"
        : "failed";
  }

  private Timer timer(String exchange) {
    return confirmed.computeIfAbsent(
        exchange,
        name ->
            Timer.builder("serai.publish.confirm")
                .description("Time from the call to the broker's confirm")
                .tag("exchange", name)
                .register(meters));
  }

  private void count(String exchange, String outcome) {
    meters
        .counter("serai.messages.published", "exchange", exchange, "outcome", outcome)
        .increment();
  }
}
