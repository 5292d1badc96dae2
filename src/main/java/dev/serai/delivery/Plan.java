package dev.serai.delivery;

import java.time.Duration;
import java.util.Locale;

/**
 * What happens next to a message whose attempt failed.
 *
 * @param next the kind of step
 * @param exchange where to send it; empty means the default exchange
 * @param routingKey what to send it with
 * @param attempt the attempt that failed, from 1
 * @param attempts attempts that the message gets in all
 * @param delay time until it is back; zero when it is not coming back
 */
record Plan(
    Next next, String exchange, String routingKey, int attempt, int attempts, Duration delay) {

  /** The kinds of steps. */
  enum Next {
    /** Into a wait queue, and from there back. */
    WAIT,
    /** Out of the way, for a person to look at. */
    PARK,
    /** Nowhere: neither an attempt nor a place to park is left. */
    NONE;

    /** As route files write it. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
