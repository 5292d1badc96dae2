package dev.serai.debias;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Lets one worker of this process at a time change a user's point: Qdrant has no transactions, so
 * that two who read it, add and write it back would lose what one of them added. Bean {@code
 * debiasProfileTurns}; thread-safe, and a turn may end on another thread than it began.
 */
@Component("debiasProfileTurns")
public class ProfileTurns {
  private static final int LANES = 64; // users share them
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final List<Semaphore> lanes =
      IntStream.range(0, LANES).mapToObj(lane -> new Semaphore(1, true)).toList();

  /**
   * Waits for the turn of all users of these events.
   *
   * @return the turn; pass it to {@link #end}
   * @throws TimeoutException if it did not come within a minute
   */
  public List<Integer> begin(List<UserEvent> events) throws TimeoutException, InterruptedException {
    // Always upwards, so that two workers cannot wait for each other.
    List<Integer> turn =
        events.stream()
            .map(event -> Math.floorMod(Long.hashCode(event.userId()), LANES))
            .distinct()
            .sorted()
            .toList();
    for (int i = 0; i < turn.size(); i++) {
      if (!lanes.get(turn.get(i)).tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        end(turn.subList(0, i));
        throw new TimeoutException("Other workers kept the profiles of these users too long");
      }
    }
    return turn;
  }

  /** Ends a turn, once. */
  public void end(List<Integer> turn) {
    turn.forEach(lane -> lanes.get(lane).release());
  }
}
