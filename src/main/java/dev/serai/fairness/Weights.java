package dev.serai.fairness;

import java.util.HashMap;
import java.util.Map;

/**
 * How many times the share of others each tenant has.
 *
 * @param named those that have another weight than 1
 */
record Weights(Map<String, Integer> named) {
  private static final int MOST = 1000;

  /**
   * Reads the value of the configuration.
   *
   * @param text {@code tenant=weight}, separated by commas; may be empty
   * @throws IllegalArgumentException {@code bad-value} if it is something else
   */
  static Weights read(String text) {
    Map<String, Integer> named = new HashMap<>();
    for (String entry : text.split(",", -1)) {
      if (!entry.isBlank()) {
        int sign = entry.lastIndexOf('=');
        String weight = entry.substring(sign + 1).strip();
        if (sign < 0 || !weight.matches("[1-9]\\d{0,3}") || Integer.parseInt(weight) > MOST) {
          throw new IllegalArgumentException(
              "bad-value: the weight \"%s\"; write tenant=weight, from 1 to 1000"
                  .formatted(entry.strip()));
        }
        named.put(entry.substring(0, sign).strip(), Integer.parseInt(weight));
      }
    }
    return new Weights(Map.copyOf(named));
  }

  /** From 1. */
  int of(String tenant) {
    return named.getOrDefault(tenant, 1);
  }
}
