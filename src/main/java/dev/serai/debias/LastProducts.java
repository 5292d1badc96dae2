package dev.serai.debias;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The products a user was concerned with last, in whatever order the events arrive. Not
 * thread-safe.
 */
final class LastProducts {
  private static final Comparator<Map.Entry<Long, Instant>> OLDEST_FIRST =
      Map.Entry.<Long, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey());

  private final int most;
  private final Map<Long, Instant> times = new HashMap<>();

  LastProducts(int most) {
    this.most = most;
  }

  void see(long productId, Instant time) {
    times.merge(productId, time, (a, b) -> a.isAfter(b) ? a : b);
  }

  List<Long> newestFirst() {
    return List.copyOf(times().keySet());
  }

  /** Time of each product's latest event, newest first. */
  Map<Long, Instant> times() {
    Map<Long, Instant> newest = new LinkedHashMap<>();
    times.entrySet().stream()
        .sorted(OLDEST_FIRST.reversed())
        .limit(most)
        .forEach(entry -> newest.put(entry.getKey(), entry.getValue()));
    return newest;
  }
}
