package dev.serai.packs;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.RouteProblem;
import dev.serai.files.RouteFolder;
import dev.serai.files.Snapshot;
import dev.serai.files.Snapshot.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Makes Serai run what is in the folders of routes and values, as far as it can be used. One change
 * at a time: a second caller waits.
 */
@Component
class Reloader {
  private static final String WITHIN = "this request is answered by one of them; wait a second";

  private final CheckedFolders folders;
  private final FolderCheck check;
  private final Surroundings surroundings;
  private final RouteFiles files;
  private final Swap swap;
  private final NotStarted notStarted;
  private volatile Snapshot live = Snapshot.EMPTY;

  /** What was in the folders when they were last taken over. */
  private Snapshot before = Snapshot.EMPTY;

  Reloader(
      CheckedFolders folders,
      FolderCheck check,
      Surroundings surroundings,
      RouteFiles files,
      Swap swap) {
    this.folders = folders;
    this.check = check;
    this.notStarted = new NotStarted(check);
    this.surroundings = surroundings;
    this.files = files;
    this.swap = swap;
  }

  /** What is in the folders now. */
  Snapshot look() {
    return folders.look();
  }

  /** What runs now; does not wait for a change that is under way. */
  Snapshot live() {
    return live;
  }

  /** What is probably a mistake in the files that run. */
  synchronized List<RouteProblem> warnings() {
    return check.warnings(live, look());
  }

  /** Tries files again that did not start, though nothing in them has changed. */
  synchronized void tryAllAgain() {
    notStarted.forgetAll();
  }

  /**
   * Runs what is in the folders: each change that can be used, or what ran before in its place.
   *
   * @param disk what is in the folders
   * @param asking routes in which the request for this is on its way; they cannot be exchanged now
   */
  synchronized Outcome run(Snapshot disk, Set<String> asking) {
    Map<String, List<RouteProblem>> refused = notStarted.still(disk);
    boolean trusted = live.files().isEmpty() && folders.wereGood(disk);
    while (true) {
      Function<Snapshot, FolderCheck.Result> by = trusted ? check::trust : check::check;
      Selection selection = Selection.of(by, live, disk, refused, new Renames(before));
      refused = new TreeMap<>(selection.refused());
      try {
        Outcome outcome = run(selection, disk, refused, asking);
        if (outcome.isTaken()) {
          before = disk;
        }
        return outcome;
      } catch (Surroundings.ConflictException e) {
        for (String path : conflicting(live.changesTo(selection.accepted()).keySet())) {
          refused.put(path, e.problems(path));
        }
      } catch (NotStartedException e) {
        if (trusted) { // at a start; the surroundings are others than before, and the check may
          // name why
          trusted = false;
          continue;
        }
        Dependencies needs = needs(selection.accepted());
        String text = needs.text(e.path());
        List<RouteProblem> problems =
            List.of(e.problem(needs.valuesIn(e.path(), selection.checked().values()), text));
        Collection<String> culprits = culprits(e.path(), selection);
        notStarted.add(disk, e.path(), culprits, problems);
        for (String path : culprits) {
          refused.put(path, problems);
        }
        if (!e.lost().isEmpty()) { // the next turn tries them anew
          live = live.withFilesOf(Snapshot.EMPTY, e.lost());
          files.note(live, true, refused);
        }
      }
    }
  }

  /** Topology files, or else the values in them, or else all. */
  private static Collection<String> conflicting(Set<String> changed) {
    return firstFound(
        changed,
        path -> path.endsWith(RouteFolder.TOPOLOGY),
        path -> !RouteFolder.isRoutes(path) && !path.endsWith(RouteFolder.SCHEMA));
  }

  /** The file that does not start; when its bytes are the old ones, the changes it is built of. */
  private Collection<String> culprits(String path, Selection selection) {
    Dependencies needs = needs(selection.accepted());
    return firstFound(
        live.changesTo(selection.accepted()).keySet(),
        path::equals,
        changed ->
            !RouteFolder.isRoutes(changed) || needs.builtOf(List.of(changed)).contains(path));
  }

  /** By the first of the rules that finds any, so that each turn refuses one more; or all. */
  @SafeVarargs
  private static Collection<String> firstFound(Set<String> changed, Predicate<String>... rules) {
    for (Predicate<String> rule : rules) {
      List<String> found = changed.stream().filter(rule).toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return changed;
  }

  private Outcome run(
      Selection selection,
      Snapshot disk,
      Map<String, List<RouteProblem>> refused,
      Set<String> asking)
      throws Surroundings.ConflictException, NotStartedException {
    SortedMap<String, Change> changes = live.changesTo(selection.accepted());
    long generation = files.status().generation();
    if (changes.isEmpty()) {
      files.note(live, false, refused);
      return Outcome.unchanged(generation, refused);
    }
    List<String> load = toLoad(selection, changes);
    Outcome outcome =
        new Outcome(
            Outcome.Result.APPLIED,
            generation + 1,
            changes,
            load,
            refused,
            atNextStart(selection, disk, changes),
            0,
            Optional.empty());
    if (swap.concerns(load, asking)) {
      return outcome.butNot(Outcome.Result.LATER, WITHIN);
    }
    try {
      outcome = outcome.heldBack(swap.run(needs(live), live, selection, load));
    } catch (Swap.BusyException e) {
      return outcome.butNot(Outcome.Result.BUSY, String.valueOf(e.getMessage()));
    }
    live = selection.accepted();
    files.note(live, true, refused);
    if (refused.isEmpty()) {
      folders.noteGood(live);
    }
    return outcome;
  }

  private List<String> atNextStart(
      Selection selection, Snapshot disk, SortedMap<String, Change> changes) {
    if (live.files().isEmpty()) {
      return List.of();
    }
    Set<String> keys = surroundings.changedKeys(selection.checked());
    List<String> found = new ArrayList<>(check.readAtStart(selection.accepted(), disk, keys));
    changes.keySet().stream().filter(path -> path.endsWith("application.yaml")).forEach(found::add);
    return found;
  }

  private Dependencies needs(Snapshot snapshot) {
    return new Dependencies(check.outlines(snapshot));
  }

  /** Changed route files, what is built of them, and what reads a changed value or schema. */
  private List<String> toLoad(Selection selection, SortedMap<String, Change> changes) {
    Dependencies before = needs(live);
    Dependencies after = needs(selection.accepted());
    Set<String> load = new TreeSet<>();
    for (String path : changes.keySet()) {
      if (RouteFolder.isRoutes(path)) {
        load.add(path);
      } else if (path.endsWith(RouteFolder.SCHEMA)) {
        load.addAll(after.naming(Path.of(path)));
      }
    }
    load.addAll(after.readingOther(surroundings.values(), selection.checked().values()));
    load.addAll(before.builtOf(load));
    load.addAll(after.builtOf(load));
    return after.inLoadOrder(load);
  }
}
