package dev.serai.broker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * Waits between attempts to connect: from the configured delay, doubling up to 30 seconds, for
 * ever; each up to a fifth less, so that instances do not come all at once. For one thread.
 */
final class Backoff {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Duration first;
  private final DoubleSupplier chance;
  private Duration next;

  Backoff(Duration first) {
    this(first, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Takes its jitter from somewhere.
   *
   * @param chance from 0 for the whole wait to 1 for a fifth less
   */
  Backoff(Duration first, DoubleSupplier chance) {
    this.first = first;
    this.chance = chance;
    this.next = first;
  }

  void reset() {
    next = first;
  }

  /** The next wait; each call doubles it. */
  Duration next() {
    Duration now = next.compareTo(LONGEST) < 0 ? next : LONGEST;
    next = now.multipliedBy(2);
    return now.minusNanos((long) (now.toNanos() * 0.2 * chance.getAsDouble()));
  }

  /** Waits; ends early when not wanted any more. */
  void await(BooleanSupplier wanted) {
    long end = System.nanoTime() + next().toNanos();
    try {
      while (wanted.getAsBoolean() && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
