package dev.serai.webhooks;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/** How large the bodies are that are in memory, of all endpoints together. Thread-safe. */
final class Memory {
  private final long most;
  private final AtomicLong used = new AtomicLong();

  Memory(long most) {
    this.most = most;
  }

  /** Bytes that there is still room for. */
  long left() {
    return Math.max(0, most - used.get());
  }

  /** Keeps room for a body; false when there is none. */
  boolean take(long bytes) {
    if (used.addAndGet(bytes) <= most) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /** Bodies that have come, whether there was room or not. */
  void add(Collection<Held> deliveries) {
    used.addAndGet(bytes(deliveries));
  }

  void free(long bytes) {
    used.addAndGet(-bytes);
  }

  void free(Collection<Held> deliveries) {
    used.addAndGet(-bytes(deliveries));
  }

  private static long bytes(Collection<Held> deliveries) {
    return deliveries.stream().mapToLong(delivery -> delivery.body().length).sum();
  }
}
