package dev.serai.packs;

import dev.serai.checks.RouteProblem;
import dev.serai.files.Snapshot;
import dev.serai.files.Snapshot.Change;
import dev.serai.files.TextDiff;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What runs beside what is on disk. Bean {@code routeDifferences} of {@code
 * routes/shared/operator/config.camel.yaml}. Thread-safe.
 */
@Component("routeDifferences")
public class Differences {
  private final Reloader reloader;
  private final RouteFiles files;

  Differences(Reloader reloader, RouteFiles files) {
    this.reloader = reloader;
    this.files = files;
  }

  /**
   * All of them.
   *
   * @param generation that runs
   * @param files by path
   */
  public record View(long generation, List<Difference> files) {}

  /**
   * One file.
   *
   * @param change that was made on disk
   * @param state {@code KEPT} or {@code LEFT_OUT} when it was refused, {@code WAITING} when Serai
   *     has not looked at it yet
   * @param problems why it was refused
   * @param diff as {@code diff -u} writes it; empty when nothing of it can be read
   */
  public record Difference(
      String path, Change change, String state, List<RouteProblem> problems, String diff) {}

  /** Compares now; secrets are masked. */
  public View all() {
    RouteFiles.Overview status = files.status();
    Map<String, RouteFiles.FileStatus> known =
        status.files().stream().collect(Collectors.toMap(RouteFiles.FileStatus::path, f -> f));
    Snapshot live = reloader.live();
    Snapshot disk = reloader.look();
    SortedMap<String, Change> changes = new TreeMap<>(live.changesTo(disk));
    disk.refused().forEach(link -> changes.putIfAbsent(link.file().toString(), Change.ADDED));
    return new View(
        status.generation(),
        changes.entrySet().stream()
            .map(
                change ->
                    difference(
                        change.getKey(),
                        change.getValue(),
                        known.get(change.getKey()),
                        TextDiff.of(
                            change.getKey(),
                            live.files().get(change.getKey()),
                            disk.files().get(change.getKey()))))
            .toList());
  }

  private static Difference difference(
      String path, Change change, RouteFiles.@Nullable FileStatus known, String diff) {
    Optional<RouteFiles.Refusal> refusal =
        Optional.ofNullable(known).flatMap(RouteFiles.FileStatus::refusal);
    String state = known == null || refusal.isEmpty() ? "WAITING" : known.state().name();
    List<RouteProblem> problems = refusal.map(RouteFiles.Refusal::problems).orElse(List.of());
    return new Difference(path, change, state, problems, diff);
  }
}
