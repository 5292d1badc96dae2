package dev.serai.tasks;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store has answered this process for so long that a worker which was not heard of must
 * be dead: one that lives may only have been kept from renewing its lease, because the store was
 * away. Thread-safe.
 */
final class StoreSight {
  private static final int SLOW = 4; // an answer that takes a quarter of a lease was no answer

  private final Supplier<Duration> lease;
  private final LongSupplier clock;
  private boolean answers = true;
  private @Nullable Long since; // null: always
  private long asked;
  private int asking;

  /**
   * A store that has always answered.
   *
   * @param lease not asked for before the first look
   * @param clock in nanoseconds
   */
  StoreSight(Supplier<Duration> lease, LongSupplier clock) {
    this.lease = lease;
    this.clock = clock;
  }

  /** The store is asked something; call {@link #answered} or {@link #failed} next. */
  synchronized void asks() {
    if (asking++ == 0) {
      asked = clock.getAsLong();
    }
  }

  synchronized void answered() {
    if (!answers || isSlow()) {
      since = clock.getAsLong();
    }
    answers = true;
    asking--;
  }

  synchronized void failed() {
    answers = false;
    asking--;
  }

  /** Whether each worker that lives has had a lease's time to renew its own since. */
  synchronized boolean isSteady() {
    return answers
        && !isSlow()
        && (since == null || clock.getAsLong() - since >= lease.get().toNanos());
  }

  private boolean isSlow() {
    return asking > 0 && clock.getAsLong() - asked > lease.get().toNanos() / SLOW;
  }
}
