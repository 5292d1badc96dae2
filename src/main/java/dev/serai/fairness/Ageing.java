package dev.serai.fairness;

import dev.serai.files.TimeText;
import java.time.Duration;

/**
 * How waiting raises a priority.
 *
 * @param step time that raises it by one; zero: nothing does
 */
record Ageing(Duration step) {
  private static final int HIGHEST = 9;

  /**
   * Reads the value of the configuration.
   *
   * @param text {@code 0}, or a time such as {@code 5m}
   * @throws IllegalArgumentException {@code bad-value} if it is neither
   */
  static Ageing read(String text) {
    return text.strip().equals("0")
        ? new Ageing(Duration.ZERO)
        : new Ageing(
            TimeText.read(text)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "bad-value: ageing is \"%s\"; write 0 or a time such as 5m"
                                .formatted(text))));
  }

  /** The priority that counts after a wait; never above 9, unless it was from the start. */
  int priority(int own, Duration waited) {
    if (step.isZero() || own >= HIGHEST) {
      return own;
    }
    return (int) Math.min(HIGHEST, own + Math.max(0, waited.toMillis() / step.toMillis()));
  }
}
