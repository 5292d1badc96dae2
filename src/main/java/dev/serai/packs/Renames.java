package dev.serai.packs;

import dev.serai.checks.RouteProblem;
import dev.serai.files.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which files have another name now. A file whose new form is refused must not end the route that
 * runs.
 *
 * @param before what was in the folders at the last look
 */
record Renames(Snapshot before) {
  private static final Pattern ROUTE_ID =
      Pattern.compile("\\b(?:id|routeId)(?::\\s*[\"']?|\\(\")([\\w.:-]+)");

  /** Share of the lines of a file that it has under its new name, too; git's own measure. */
  private static final double SAME_LINES = 0.5;

  /** The share for files that are the same, or have a route with the same id. */
  private static final double SURE = 2;

  /** A file that goes and one that comes. */
  private record Pair(String old, String path, double alike) {}

  /**
   * Finds files that go because they have another name now.
   *
   * @param live what runs
   * @param now what shall run
   * @param refused files of it that are refused
   * @return new names by old ones; each file once
   */
  Map<String, String> in(Snapshot live, Snapshot now, Collection<String> refused) {
    List<Pair> pairs = new ArrayList<>();
    live.changesTo(now)
        .forEach(
            (old, change) -> {
              if (change == Snapshot.Change.REMOVED) {
                refused.stream()
                    .filter(path -> isNew(path, old, live))
                    .map(path -> new Pair(old, path, alike(live, old, now, path)))
                    .filter(pair -> pair.alike() >= SAME_LINES)
                    .forEach(pairs::add);
              }
            });
    pairs.sort(Comparator.comparingDouble(Pair::alike).reversed());
    Map<String, String> renamed = new TreeMap<>();
    for (Pair pair : pairs) {
      if (!renamed.containsKey(pair.old()) && !renamed.containsValue(pair.path())) {
        renamed.put(pair.old(), pair.path());
      }
    }
    return renamed;
  }

  /** Two files that were there together are two files. */
  private boolean isNew(String path, String old, Snapshot live) {
    boolean both = before.files().containsKey(path) && before.files().containsKey(old);
    return !live.files().containsKey(path) && !both;
  }

  /** The id of a route changes with the name of its file; most other lines do not. */
  private static double alike(Snapshot live, String old, Snapshot now, String path) {
    byte[] before = live.files().get(old);
    byte[] bytes = now.files().get(path);
    if (before == null || bytes == null) {
      return 0;
    }
    String one = text(before);
    String other = text(bytes);
    if (one.equals(other) || !Collections.disjoint(routeIds(one), routeIds(other))) {
      return SURE;
    }
    Set<String> lines = lines(one);
    Set<String> same = lines(other);
    double most = Math.max(1, Math.max(lines.size(), same.size()));
    same.retainAll(lines);
    return same.size() / most;
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }

  private static Set<String> lines(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** As they are written: what is refused may be no YAML at all. */
  private static Set<String> routeIds(String text) {
    return ROUTE_ID
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  /** Why a file is kept that is gone. */
  static RouteProblem problem(String old, String path) {
    return new RouteProblem(
        "kept-renamed",
        old,
        1,
        1,
        "it is gone, and %s, which looks like it, is refused".formatted(path),
        "mend that one, or delete it, too; until then what ran before runs on");
  }
}
