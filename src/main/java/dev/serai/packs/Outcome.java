package dev.serai.packs;

import dev.serai.checks.RouteProblem;
import dev.serai.files.Snapshot.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one look at the folders led to.
 *
 * @param result in one word
 * @param generation that runs now
 * @param changes of files, by path
 * @param loaded route files that were loaded again: the changed ones, and what is built of them
 * @param refused problems by path of file
 * @param atNextStart keys that changed and that Serai reads only when it starts, and {@code
 *     application.yaml}
 * @param heldBack how long messages for these routes had to wait, in milliseconds
 * @param detail why nothing was changed, when it is busy or comes later
 */
record Outcome(
    Result result,
    long generation,
    SortedMap<String, Change> changes,
    List<String> loaded,
    Map<String, List<RouteProblem>> refused,
    List<String> atNextStart,
    long heldBack,
    Optional<String> detail) {

  /** What became of the changes. */
  enum Result {
    /** Files run now as they are on disk, and did not before. */
    APPLIED,
    /** Nothing that can be used has changed. */
    UNCHANGED,
    /** A route to be exchanged did not come to rest; nothing was changed. */
    BUSY,
    /** The routes that ask are among those to be exchanged; the next look does it. */
    LATER
  }

  /** Whether all that can be used runs now. */
  boolean isTaken() {
    return result == Result.APPLIED || result == Result.UNCHANGED;
  }

  static Outcome unchanged(long generation, Map<String, List<RouteProblem>> refused) {
    return new Outcome(
        Result.UNCHANGED,
        generation,
        new TreeMap<>(),
        List.of(),
        refused,
        List.of(),
        0,
        Optional.empty());
  }

  Outcome heldBack(Duration time) {
    return new Outcome(
        result, generation, changes, loaded, refused, atNextStart, time.toMillis(), detail);
  }

  /** The changes were not made, but may be later. */
  Outcome butNot(Result why, String detail) {
    return new Outcome(
        why, generation - 1, changes, loaded, refused, List.of(), 0, Optional.of(detail));
  }
}
