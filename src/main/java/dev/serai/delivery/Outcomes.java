package dev.serai.delivery;

import dev.serai.broker.ReceivedMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts failed attempts and writes one line for each, in the log category of the route's pack. */
@Component
class Outcomes {
  private final MeterRegistry meters;

  Outcomes(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * An attempt that failed.
   *
   * @param route its id
   * @param message as it was delivered
   * @param number such as {@code 2/4}
   * @param took from delivery to now
   * @param error what it failed with
   */
  record Attempt(
      String route, ReceivedMessage message, String number, Duration took, String error) {}

  void retried(Attempt attempt, Duration wait) {
    meters.counter("serai.messages.retried", tags(attempt)).increment();
    note(attempt, "retry", wait);
  }

  void parked(Attempt attempt, String reason) {
    meters.counter("serai.messages.parked", tags(attempt).and("reason", reason)).increment();
    note(attempt, "parked", Duration.ZERO);
  }

  void dropped(Attempt attempt, String reason) {
    meters.counter("serai.discarded", tags(attempt).and("reason", reason)).increment();
    note(attempt, "dropped", Duration.ZERO);
  }

  void stays(Attempt attempt) {
    note(attempt, "stays in its queue", Duration.ZERO);
  }

  private static Tags tags(Attempt attempt) {
    return Tags.of("queue", attempt.message().queue(), "route", attempt.route());
  }

  private void note(Attempt attempt, String outcome, Duration wait) {
    meters.counter("serai.messages.failed", tags(attempt)).increment();
    category(attempt.route())
        .info(
            "route={} message={} attempt={} outcome={} took-ms={} next-wait-ms={} error={}",
            attempt.route(),
            oneLine(String.valueOf(attempt.message().properties().getMessageId())),
            attempt.number(),
            outcome,
            attempt.took().toMillis(),
            wait.toMillis(),
            oneLine(attempt.error()));
  }

  private static Logger category(String route) {
    return LoggerFactory.getLogger("dev.serai." + route.split("-", 2)[0]);
  }

  /** Text from outside must not be able to forge lines of the log. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
