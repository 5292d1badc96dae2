package dev.serai.debias;

import dev.serai.store.SharedTurns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Lets one worker at a time change a user's point, of this process and of all that share the
 * state's PostgreSQL: Qdrant has no transactions, so that two who read it, add and write it back
 * would lose what one of them added. Bean {@code debiasProfileTurns}; thread-safe, and a turn may
 * end on another thread than it began.
 */
@Component("debiasProfileTurns")
public class ProfileTurns {
  private static final int LANES = 64; // users share them
  private static final int KIND = 0x0deb1a5;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final SharedTurns shared;
  private final List<Semaphore> lanes =
      IntStream.range(0, LANES).mapToObj(lane -> new Semaphore(1, true)).toList();

  ProfileTurns(SharedTurns shared) {
    this.shared = shared;
  }

  /** What {@link #begin} gives and {@link #end} takes. */
  public record Turn(List<Integer> lanes, SharedTurns.Turn among) {}

  /**
   * Waits for the turn of all users of these events: first in this process, so that one waiting
   * worker takes no connection of the database, then among all.
   *
   * @return the turn; pass it to {@link #end}
   * @throws TimeoutException if it did not come within a minute
   * @throws org.springframework.dao.DataAccessResourceFailureException if the state's database gave
   *     none
   */
  public Turn begin(List<UserEvent> events) throws TimeoutException, InterruptedException {
    // Always upwards, so that two workers cannot wait for each other.
    List<Integer> wanted =
        events.stream()
            .map(event -> Math.floorMod(Long.hashCode(event.userId()), LANES))
            .distinct()
            .sorted()
            .toList();
    for (int i = 0; i < wanted.size(); i++) {
      if (!lanes.get(wanted.get(i)).tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        release(wanted.subList(0, i));
        throw new TimeoutException("Other workers kept the profiles of these users too long");
      }
    }
    try {
      return new Turn(wanted, shared.begin(KIND, wanted, LONGEST_WAIT));
    } catch (RuntimeException e) {
      release(wanted);
      throw e;
    }
  }

  /**
   * Ends a turn, once.
   *
   * @throws org.springframework.dao.DataAccessResourceFailureException if it was lost on the way
   */
  public void end(Turn turn) {
    try {
      turn.among().close();
    } finally {
      release(turn.lanes());
    }
  }

  private void release(List<Integer> held) {
    held.forEach(lane -> lanes.get(lane).release());
  }
}
