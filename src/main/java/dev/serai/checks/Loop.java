package dev.serai.checks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds ways that lead back to where they began. */
final class Loop {
  private Loop() {}

  /**
   * A way that leads back.
   *
   * @param next where each leads to
   * @return the places on the way, from the start; null when there is none
   */
  static @Nullable List<String> from(String start, Map<String, List<String>> next) {
    return from(start, start, List.of(start), new HashSet<>(), next);
  }

  private static @Nullable List<String> from(
      String start, String at, List<String> way, Set<String> seen, Map<String, List<String>> next) {
    for (String target : next.getOrDefault(at, List.of())) {
      if (target.equals(start)) {
        return way;
      }
      if (seen.add(target)) {
        List<String> longer = new ArrayList<>(way);
        longer.add(target);
        List<String> found = from(start, target, longer, seen, next);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
