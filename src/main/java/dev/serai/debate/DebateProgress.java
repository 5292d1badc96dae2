package dev.serai.debate;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What callers see of a debate that goes on.
 *
 * @param round that is asked now; the one after the last is the verdict
 * @param answers of that round so far
 * @param open answers that are waited for
 */
public record DebateProgress(
    int round, @JsonProperty("rounds_done") int done, int answers, int open) {

  static DebateProgress of(int round, int answers, int open) {
    return new DebateProgress(round, round - 1, answers, open);
  }
}
