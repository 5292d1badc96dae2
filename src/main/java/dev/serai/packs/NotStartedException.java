package dev.serai.packs;

import dev.serai.checks.RouteProblem;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A route file could not be loaded; everything is as it was before, but what is lost. */
final class NotStartedException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHORTEST_SECRET = 3;
  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder());

  private final String path;
  private final transient Set<String> lost;

  /**
   * What has failed.
   *
   * @param lost files that ran before and could not be put back
   */
  NotStartedException(String path, Throwable cause, Set<String> lost) {
    super(path + " did not start", cause);
    this.path = path;
    this.lost = Set.copyOf(lost);
  }

  /** Files that ran before and do not any more. */
  Set<String> lost() {
    return lost;
  }

  /** The file, as a person sees it. */
  String path() {
    return path;
  }

  /**
   * What Camel says, with the key of a value in the place of the value, which may be a secret.
   *
   * @param values that the file is built with, by their keys
   */
  RouteProblem problem(Map<String, String> values) {
    String said = innermost(this);
    Map<String, String> keys = new TreeMap<>(LONGEST_FIRST);
    values.forEach((key, value) -> keys.put(value, key));
    values.forEach((key, value) -> keys.putIfAbsent(value.replaceFirst("^[^:]*:/*", ""), key));
    for (Map.Entry<String, String> value : keys.entrySet()) { // Camel writes x:y as x://y
      if (value.getKey().length() >= SHORTEST_SECRET) {
        said = said.replace(value.getKey(), "{{" + value.getValue() + "}}");
      }
    }
    return new RouteProblem(
        "not-started",
        path,
        1,
        1,
        "its routes cannot be started: " + said,
        "mend that and save; what ran before runs on");
  }

  private static String innermost(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    return String.valueOf(inner.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
