package dev.serai.packs;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.RouteProblem;
import dev.serai.files.RefusedFile;
import dev.serai.files.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which of the files on disk can be used together with what runs.
 *
 * @param accepted the files as they shall run
 * @param checked what was found in them; without problems, but those that what runs has, too
 * @param refused problems of each changed file that keeps its old bytes, or stays out
 */
record Selection(
    Snapshot accepted, FolderCheck.Result checked, Map<String, List<RouteProblem>> refused) {
  private static final int MOST_SEARCHED = 50;

  /**
   * Takes every change that has no problems. A file with problems keeps the bytes that run, what
   * needs its change is refused too, and a file that was renamed to it runs on.
   *
   * @param check finds the problems of a snapshot
   * @param live what runs
   * @param onDisk what is in the folders
   * @param refusedBefore files of the disk that are known not to start
   * @param renames finds files that have another name now
   */
  static Selection of(
      Function<Snapshot, FolderCheck.Result> check,
      Snapshot live,
      Snapshot onDisk,
      Map<String, List<RouteProblem>> refusedBefore,
      Renames renames) {
    Snapshot disk = onDisk.withUnreadableOf(live);
    Map<String, List<RouteProblem>> refused = new TreeMap<>(refusedBefore);
    renames
        .in(live, disk, refusedBefore.keySet())
        .forEach((old, path) -> refused.put(old, List.of(Renames.problem(old, path))));
    Snapshot accepted = new Snapshot(disk.withFilesOf(live, refused.keySet()).files(), List.of());
    for (RefusedFile file : disk.refused()) {
      refused.put(
          file.file().file().toString(), List.of(RouteProblem.of(file.name(), file.file())));
    }
    while (true) {
      FolderCheck.Result result = check.apply(accepted);
      Map<String, List<RouteProblem>> problems = byFile(result.problems());
      Set<String> changed = live.changesTo(accepted).keySet();
      if (problems.isEmpty() || changed.isEmpty()) {
        return new Selection(accepted, result, refused);
      }
      Set<String> bad = both(problems.keySet(), changed);
      if (bad.isEmpty()) { // a change made a file wrong that is as it was
        Faults faults = Faults.of(check.apply(live));
        List<RouteProblem> all = faults.newIn(result);
        if (all.isEmpty()) {
          return new Selection(accepted, result, refused);
        }
        bad.addAll(culprits(check, faults, live, accepted, changed));
        bad.forEach(path -> problems.put(path, all));
      }
      Map<String, String> renamed = renames.in(live, accepted, bad);
      renamed.forEach((old, path) -> problems.put(old, List.of(Renames.problem(old, path))));
      bad.addAll(renamed.keySet());
      bad.forEach(path -> refused.put(path, problems.getOrDefault(path, List.of())));
      accepted = accepted.withFilesOf(live, bad);
    }
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.retainAll(other);
    return both;
  }

  /** The changes without any one of which nothing would be wrong; all, when there is none such. */
  private static Collection<String> culprits(
      Function<Snapshot, FolderCheck.Result> check,
      Faults faults,
      Snapshot live,
      Snapshot accepted,
      Set<String> changed) {
    if (changed.size() == 1 || changed.size() > MOST_SEARCHED) {
      return changed;
    }
    List<String> found =
        changed.stream()
            .filter(
                path ->
                    faults.newIn(check.apply(accepted.withFilesOf(live, List.of(path)))).isEmpty())
            .toList();
    return found.isEmpty() ? changed : found;
  }

  /**
   * Problems of what runs, which no change is to blame for: a file may have been lost.
   *
   * @param places with the name of the problem
   */
  private record Faults(Set<List<Object>> places) {
    static Faults of(FolderCheck.Result live) {
      return new Faults(live.problems().stream().map(Faults::place).collect(Collectors.toSet()));
    }

    List<RouteProblem> newIn(FolderCheck.Result result) {
      return result.problems().stream().filter(p -> !places.contains(place(p))).toList();
    }

    private static List<Object> place(RouteProblem problem) {
      return List.of(problem.name(), problem.file(), problem.line(), problem.column());
    }
  }

  private static Map<String, List<RouteProblem>> byFile(List<RouteProblem> problems) {
    Map<String, List<RouteProblem>> byFile = new TreeMap<>();
    problems.forEach(
        problem -> byFile.computeIfAbsent(problem.file(), file -> new ArrayList<>()).add(problem));
    return byFile;
  }
}
