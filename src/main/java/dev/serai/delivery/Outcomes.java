package dev.serai.delivery;

import dev.serai.broker.ReceivedMessage;
import io.micrometer.core.instrument.MeterRegistry;
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
    meters.counter("serai.messages.retried", "queue", attempt.message().queue()).increment();
    log(attempt, "retry", wait);
  }

  void parked(Attempt attempt, String reason) {
    meters
        .counter("serai.messages.parked", "queue", attempt.message().queue(), "reason", reason)
        .increment();
    log(attempt, "parked", Duration.ZERO);
  }

  void dropped(Attempt attempt, String reason) {
    meters
        .counter("serai.discarded", "queue", attempt.message().queue(), "reason", reason)
        .increment();
    log(attempt, "dropped", Duration.ZERO);
  }

  void stays(Attempt attempt) {
    log(attempt, "stays in its queue", Duration.ZERO);
  }

  private static void log(Attempt attempt, String outcome, Duration wait) {
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
