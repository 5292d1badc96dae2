package dev.serai.cli;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a load has measured.
 *
 * @param sortedNanos of each answer that was a success, shortest first
 * @param failures how often what went wrong, by status or error
 * @param took from the first request to the last answer
 */
record LoadResult(long[] sortedNanos, Map<String, Integer> failures, Duration took) {

  /** Successes per second. */
  double rate() {
    return sortedNanos.length / (took.toNanos() / 1e9);
  }

  /**
   * The time within which a share of the successes was answered.
   *
   * @param share from 0 to 1
   * @return milliseconds; 0 when there was no success
   */
  double millis(double share) {
    if (sortedNanos.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(share * sortedNanos.length);
    return sortedNanos[Math.max(rank, 1) - 1] / 1e6;
  }

  /** For tools. */
  Map<String, Object> figures() {
    return Map.of(
        "rate", rate(),
        "p50_ms", millis(0.50),
        "p95_ms", millis(0.95),
        "p99_ms", millis(0.99),
        "failures", failures);
  }

  /** For people. */
  String text() {
    int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
    String reasons =
        failures.entrySet().stream()
            .map(entry -> entry.getValue() + " × " + entry.getKey())
            .collect(Collectors.joining(", ", " (", ")"));
    return """
        rate      %9.0f /s
        p50       %9.1f ms
        p95       %9.1f ms
        p99       %9.1f ms
        failures  %9d%s
        """
        .formatted(
            rate(), millis(0.50), millis(0.95), millis(0.99), failed, failed == 0 ? "" : reasons);
  }
}
