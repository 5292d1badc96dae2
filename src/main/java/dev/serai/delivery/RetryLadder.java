package dev.serai.delivery;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The waits between delivery attempts of one message.
 *
 * <p>A ladder of {@code 5s, 30s, 5m} means four attempts: one at once, then one after each wait.
 * Immutable; safe to share between routes.
 *
 * @param waits shortest first, each from 1 millisecond to 24 hours; empty means "never retry"
 */
record RetryLadder(List<Duration> waits) {

  RetryLadder {
    waits = List.copyOf(waits);
  }

  /** Attempts a message gets in all. */
  int attempts() {
    return waits.size() + 1;
  }

  /**
   * The rung to wait on before the next attempt.
   *
   * @param failures attempts of this message that have failed so far, from 1
   * @param atLeast how long the target has asked to be left alone; zero when it has not
   * @return index of the first rung left that is long enough, of the longest one left when none is;
   *     empty when no attempt is left
   */
  OptionalInt rungAfter(int failures, Duration atLeast) {
    if (failures > waits.size()) {
      return OptionalInt.empty();
    }
    int longest = failures - 1;
    for (int i = failures - 1; i < waits.size(); i++) {
      if (waits.get(i).compareTo(atLeast) >= 0) {
        return OptionalInt.of(i);
      }
      longest = waits.get(i).compareTo(waits.get(longest)) > 0 ? i : longest;
    }
    return OptionalInt.of(longest);
  }
}
