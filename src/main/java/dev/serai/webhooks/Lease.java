package dev.serai.webhooks;

/**
 * Until when a process is the only one that makes a delivery. Thread-safe. Times are of {@link
 * System#nanoTime}; the store's own time is never earlier.
 */
final class Lease {
  private volatile long end;

  Lease(long end) {
    this.end = end;
  }

  /** It ends later than it was to. */
  void renew(long until) {
    end = until;
  }

  long end() {
    return end;
  }

  /** Nanoseconds until its end; not above 0 when it is over. */
  long left(long now) {
    return end - now;
  }
}
