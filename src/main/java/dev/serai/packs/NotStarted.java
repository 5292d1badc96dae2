package dev.serai.packs;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.RouteProblem;
import dev.serai.files.Snapshot;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers the changes that Camel could not start, so that they are not tried again before
 * something of them has changed. Not thread-safe.
 */
final class NotStarted {
  private final FolderCheck check;
  private final Map<String, Change> known = new TreeMap<>();

  /**
   * A change.
   *
   * @param bytes of the changed file
   * @param failed the route file that did not start
   * @param ingredients all that it was built with
   */
  private record Change(
      byte[] bytes, String failed, Map<String, String> ingredients, List<RouteProblem> problems) {

    boolean isIn(Snapshot disk, String path) {
      return Arrays.equals(bytes, disk.files().get(path));
    }
  }

  NotStarted(FolderCheck check) {
    this.check = check;
  }

  /** Those that would not start now either, with why. */
  Map<String, List<RouteProblem>> still(Snapshot disk) {
    known
        .entrySet()
        .removeIf(
            entry -> {
              Change change = entry.getValue();
              return !change.isIn(disk, entry.getKey())
                  || !change.ingredients().equals(ingredients(change.failed(), disk));
            });
    Map<String, List<RouteProblem>> problems = new TreeMap<>();
    known.forEach((path, change) -> problems.put(path, change.problems()));
    return problems;
  }

  /**
   * Notes a failure.
   *
   * @param failed the route file that did not start
   * @param culprits the changed files because of which it did not
   */
  void add(Snapshot disk, String failed, Collection<String> culprits, List<RouteProblem> problems) {
    Map<String, String> ingredients = ingredients(failed, disk);
    for (String path : culprits) {
      byte[] bytes = disk.files().getOrDefault(path, new byte[0]);
      known.put(path, new Change(bytes, failed, ingredients, problems));
    }
  }

  void forgetAll() {
    known.clear();
  }

  private Map<String, String> ingredients(String file, Snapshot disk) {
    return new Dependencies(check.outlines(disk)).ingredients(file, check.trust(disk).values());
  }
}
