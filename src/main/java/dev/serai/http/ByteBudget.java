package dev.serai.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of one kind may be in memory at once. Thread-safe. */
public final class ByteBudget {
  private final long most;
  private final AtomicLong used = new AtomicLong();

  /** So many. */
  public ByteBudget(long most) {
    this.most = most;
  }

  /**
   * A part of the heap.
   *
   * @param percent from 1 to 50
   * @throws IllegalArgumentException {@code bad-value}
   */
  public static ByteBudget ofHeap(int percent) {
    if (percent < 1 || percent > 50) {
      throw new IllegalArgumentException(
          "bad-value: serai.http.bodies-percent is %d; write a number from 1 to 50"
              .formatted(percent));
    }
    return new ByteBudget(Runtime.getRuntime().maxMemory() / 100 * percent);
  }

  /** Counts some; false when there is no room for them. */
  public boolean take(long bytes) {
    if (used.addAndGet(bytes) <= most) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /** Some that were taken are not in memory any more. */
  public void free(long bytes) {
    used.addAndGet(-bytes);
  }
}
