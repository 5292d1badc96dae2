package dev.serai.broker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits between attempts to connect: from the configured delay, doubling up to 30 seconds, for
 * ever. For one thread.
 */
final class Backoff {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Duration first;
  private Duration next;

  Backoff(Duration first) {
    this.first = first;
    this.next = first;
  }

  void reset() {
    next = first;
  }

  /** The next wait, without its jitter; each call doubles it. */
  Duration next() {
    Duration now = next.compareTo(LONGEST) < 0 ? next : LONGEST;
    next = now.multipliedBy(2);
    return now;
  }

  /**
   * Waits, up to a fifth less so that instances do not come all at once; ends early when not wanted
   * any more.
   */
  void await(BooleanSupplier wanted) {
    long millis = next().toMillis();
    long end =
        System.nanoTime()
            + TimeUnit.MILLISECONDS.toNanos(
                millis - ThreadLocalRandom.current().nextLong(millis / 5 + 1));
    try {
      while (wanted.getAsBoolean() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
