package dev.serai.tasks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task that this process works on, and how to interrupt it. Thread-safe. */
final class RunningTask {
  private final Claim claim;
  private final long lease; // ns
  private final List<Runnable> interrupts = new ArrayList<>();
  private volatile @Nullable Stop stop;
  private boolean ended;
  private volatile long renewedAt = System.nanoTime();

  RunningTask(Claim claim, Duration lease) {
    this.claim = claim;
    this.lease = lease.toNanos();
  }

  Claim claim() {
    return claim;
  }

  Optional<Stop> asked() {
    return Optional.ofNullable(stop);
  }

  synchronized void onStop(Runnable interrupt) {
    if (stop != null) {
      interrupt.run();
    } else {
      interrupts.add(interrupt);
    }
  }

  /** Interrupts it, the first time it is asked to; not once it has ended. */
  synchronized void stop(Stop reason) {
    if (stop == null && !ended) {
      stop = reason;
      interrupts.forEach(Runnable::run);
    }
  }

  synchronized void end() {
    ended = true;
  }

  /**
   * Its lease was renewed.
   *
   * @param at {@link System#nanoTime} before that was asked for
   */
  void renewed(long at) {
    renewedAt = at;
  }

  /**
   * Whether the lease has ended by this process's clock, so that another may have the task. Paid
   * work goes on until the store says so: as a rule the store was away for all, and it is paid for
   * once.
   */
  boolean isOutdated() {
    return !claim.isPaid() && System.nanoTime() - renewedAt > lease;
  }
}
