package dev.serai.packs;

import dev.serai.checks.RouteProblem;
import dev.serai.files.Snapshot;
import dev.serai.health.HealthCheck;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which files run now, since when, and what of the folders was refused. Thread-safe; the answer of
 * {@code GET /config/status}.
 */
@Component
class RouteFiles implements HealthCheck {
  private final Clock clock = Clock.systemUTC();
  private volatile Overview status = new Overview(0, "", Instant.EPOCH, List.of());

  /** How a file is used. */
  enum State {
    /** As it is on disk. */
    LIVE,
    /** As it was before: what is on disk was refused. */
    KEPT,
    /** Not at all: it was refused, and there is nothing from before. */
    LEFT_OUT
  }

  /**
   * All files.
   *
   * @param generation how often files were exchanged; 1 after the start
   * @param hash of all that runs; the same on two instances that run the same files
   * @param since when this generation began
   * @param files by path
   */
  record Overview(long generation, String hash, Instant since, List<FileStatus> files) {}

  /**
   * One file.
   *
   * @param path as in the folders
   * @param hash of the bytes that run; empty when it is left out
   * @param since when these bytes run, or when it was left out
   * @param refusal the last one; stays until a change of the file is taken
   */
  record FileStatus(
      String path, State state, String hash, Instant since, Optional<Refusal> refusal) {}

  /**
   * Why a file on disk is not in use.
   *
   * @param at when it was refused first
   * @param problems with place and remedy
   */
  record Refusal(Instant at, List<RouteProblem> problems) {}

  Overview status() {
    return status;
  }

  /**
   * Notes what a look at the folders led to.
   *
   * @param live what runs now
   * @param changed whether that is something new
   * @param refused problems by path
   */
  void note(Snapshot live, boolean changed, Map<String, List<RouteProblem>> refused) {
    Instant now = clock.instant();
    Map<String, FileStatus> before = new TreeMap<>();
    status.files().forEach(file -> before.put(file.path(), file));
    TreeSet<String> paths = new TreeSet<>(live.files().keySet());
    paths.addAll(refused.keySet());
    List<FileStatus> files =
        paths.stream()
            .map(path -> file(path, live, refused.get(path), before.get(path), now))
            .toList();
    status =
        changed
            ? new Overview(status.generation() + 1, live.hash(), now, files)
            : new Overview(status.generation(), status.hash(), status.since(), files);
  }

  private static FileStatus file(
      String path,
      Snapshot live,
      @Nullable List<RouteProblem> problems,
      @Nullable FileStatus before,
      Instant now) {
    byte[] bytes = live.files().get(path);
    String hash = bytes == null ? "" : Snapshot.hash(bytes);
    Optional<Refusal> refusal =
        problems == null
            ? Optional.empty()
            : Optional.of(
                Optional.ofNullable(before)
                    .flatMap(FileStatus::refusal)
                    .filter(known -> known.problems().equals(problems))
                    .orElse(new Refusal(now, problems)));
    Instant since = before != null && before.hash().equals(hash) ? before.since() : now;
    State state = bytes == null ? State.LEFT_OUT : refusal.isPresent() ? State.KEPT : State.LIVE;
    return new FileStatus(path, state, hash, since, refusal);
  }

  @Override
  public Result check() {
    List<String> refused =
        status.files().stream()
            .filter(file -> file.state() != State.LIVE)
            .map(
                file ->
                    (file.state() == State.KEPT ? "Runs as it was before: " : "Left out: ")
                        + file.path())
            .toList();
    return refused.isEmpty()
        ? new Result("route-files", Status.Healthy, "All route files are in use")
        : new Result("route-files", Status.Degraded, String.join(", ", refused));
  }

  @Override
  public boolean tellsOfStart() {
    return true;
  }
}
