package dev.serai.packs;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.RouteProblem;
import dev.serai.files.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of the files on disk can be used together with what runs.
 *
 * @param accepted the files as they shall run
 * @param checked what was found in them; without problems that refuse a file
 * @param refused problems of each changed file that keeps its old bytes, or stays out
 */
record Selection(
    Snapshot accepted, FolderCheck.Result checked, Map<String, List<RouteProblem>> refused) {
  private static final int MOST_SEARCHED = 50;

  /** Share of the lines of a file that it has under its new name, too; git's own measure. */
  private static final double SAME_LINES = 0.5;

  private static final Pattern ROUTE_ID =
      Pattern.compile("\\b(?:id|routeId)(?::\\s*[\"']?|\\(\")([\\w.:-]+)");

  /**
   * Takes every change that has no problems. A file with problems keeps the bytes that run, what
   * needs its change is refused too, and a file that was renamed to it runs on.
   *
   * @param check finds the problems of a snapshot
   * @param live what runs
   * @param onDisk what is in the folders
   * @param refusedBefore files of the disk that are known not to start
   */
  static Selection of(
      Function<Snapshot, FolderCheck.Result> check,
      Snapshot live,
      Snapshot onDisk,
      Map<String, List<RouteProblem>> refusedBefore) {
    Snapshot disk = onDisk.withUnreadableOf(live);
    Map<String, List<RouteProblem>> refused = new TreeMap<>(refusedBefore);
    renamed(live, disk, refusedBefore.keySet())
        .forEach((old, path) -> refused.put(old, refusedBefore.get(path)));
    Snapshot accepted = new Snapshot(disk.withFilesOf(live, refused.keySet()).files(), List.of());
    disk.refused()
        .forEach(
            file ->
                refused.put(
                    file.file().file().toString(),
                    List.of(RouteProblem.of(file.name(), file.file()))));
    while (true) {
      FolderCheck.Result result = check.apply(accepted);
      Map<String, List<RouteProblem>> problems = byFile(result.problems());
      Set<String> changed = live.changesTo(accepted).keySet();
      if (problems.isEmpty() || changed.isEmpty()) {
        return new Selection(accepted, result, refused);
      }
      Set<String> bad = new TreeSet<>(problems.keySet());
      bad.retainAll(changed);
      if (bad.isEmpty()) { // a change made a file wrong that is as it was
        bad.addAll(culprits(check, live, accepted, changed));
        List<RouteProblem> all = result.problems();
        bad.forEach(path -> problems.put(path, all));
      }
      Map<String, String> renamed = renamed(live, accepted, bad);
      renamed.forEach((old, path) -> problems.put(old, problems.getOrDefault(path, List.of())));
      bad.addAll(renamed.keySet());
      bad.forEach(path -> refused.put(path, problems.getOrDefault(path, List.of())));
      accepted = accepted.withFilesOf(live, bad);
    }
  }

  /** The changes without any one of which nothing would be wrong; all, when there is none such. */
  private static Collection<String> culprits(
      Function<Snapshot, FolderCheck.Result> check,
      Snapshot live,
      Snapshot accepted,
      Set<String> changed) {
    if (changed.size() == 1 || changed.size() > MOST_SEARCHED) {
      return changed;
    }
    List<String> found =
        changed.stream()
            .filter(
                path -> check.apply(accepted.withFilesOf(live, List.of(path))).problems().isEmpty())
            .toList();
    return found.isEmpty() ? changed : found;
  }

  /** Files that go because they have another name now, under which they are refused. */
  private static Map<String, String> renamed(
      Snapshot live, Snapshot accepted, Collection<String> bad) {
    Map<String, String> newNames = new TreeMap<>();
    live.changesTo(accepted)
        .forEach(
            (old, change) -> {
              if (change == Snapshot.Change.REMOVED) {
                bad.stream()
                    .filter(path -> !live.files().containsKey(path))
                    .filter(path -> isTheSame(live.files().get(old), accepted.files().get(path)))
                    .forEach(path -> newNames.put(old, path));
              }
            });
    return newNames;
  }

  /** The id of a route changes with the name of its file; most other lines do not. */
  private static boolean isTheSame(byte @Nullable [] one, byte @Nullable [] other) {
    Set<String> lines = lines(one);
    Set<String> same = lines(other);
    int most = Math.max(lines.size(), same.size());
    same.retainAll(lines);
    return Arrays.equals(one, other)
        || !Collections.disjoint(routeIds(one), routeIds(other))
        || (most > 0 && same.size() >= SAME_LINES * most);
  }

  private static Set<String> lines(byte @Nullable [] file) {
    return file == null
        ? new HashSet<>()
        : new String(file, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.toCollection(HashSet::new));
  }

  /** As they are written: what is refused may be no YAML at all. */
  private static Set<String> routeIds(byte @Nullable [] file) {
    return file == null
        ? Set.of()
        : ROUTE_ID
            .matcher(new String(file, StandardCharsets.UTF_8))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
  }

  private static Map<String, List<RouteProblem>> byFile(List<RouteProblem> problems) {
    Map<String, List<RouteProblem>> byFile = new TreeMap<>();
    problems.forEach(
        problem -> byFile.computeIfAbsent(problem.file(), file -> new ArrayList<>()).add(problem));
    return byFile;
  }
}
