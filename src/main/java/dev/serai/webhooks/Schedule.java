package dev.serai.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When the attempts to make a delivery are made. Immutable.
 *
 * @param waits before each attempt, the first one included
 * @param jitter most of a wait that is added or taken off, from 0 to 1
 */
record Schedule(List<Duration> waits, double jitter) {

  /** The wait before the first attempt. */
  Duration first() {
    return waits.get(0);
  }

  /**
   * The wait before the next attempt.
   *
   * @param failed attempts so far, from 1
   * @param chance gives numbers from 0 to 1
   * @return empty when none is left
   */
  Optional<Duration> after(int failed, DoubleSupplier chance) {
    if (failed >= waits.size()) {
      return Optional.empty();
    }
    double factor = 1 + jitter * (2 * chance.getAsDouble() - 1);
    return Optional.of(Duration.ofMillis(Math.round(waits.get(failed).toMillis() * factor)));
  }
}
