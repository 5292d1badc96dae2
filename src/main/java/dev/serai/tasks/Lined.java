package dev.serai.tasks;

import java.time.Instant;
import java.util.Comparator;

/**
 * A task that waits in a line, or was called from it.
 *
 * @param since when it has waited
 * @param tokens that it is expected to need
 */
public record Lined(String id, String line, int priority, Instant since, long tokens) {
  /** The most urgent first, of these who has waited longest. */
  public static final Comparator<Lined> TURNS =
      Comparator.comparingInt(Lined::priority)
          .reversed()
          .thenComparing(Lined::since)
          .thenComparing(Lined::id);
}
