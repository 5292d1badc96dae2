package dev.serai.webhooks;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The calls that are under way, so that they can end before the process does. Thread-safe. */
final class Underway {
  private final Map<Held, Future<?>> calls = new IdentityHashMap<>();
  private boolean closed;

  /** Notes a call before it is made; false when none is made any more. */
  synchronized boolean begin(Held delivery) {
    if (!closed) {
      calls.put(delivery, CompletableFuture.completedFuture(null));
    }
    return !closed;
  }

  /** It has been made. */
  synchronized void set(Held delivery, Future<?> call) {
    calls.replace(delivery, call);
  }

  /** It has ended; false when nobody wants to know any more. */
  synchronized boolean end(Held delivery) {
    boolean known = calls.remove(delivery) != null;
    notifyAll();
    return known;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** From now on none begins. */
  synchronized void close() {
    closed = true;
  }

  /** Waits until all have ended, but not for ever. */
  synchronized void await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    long left = patience.toNanos();
    while (!calls.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }

  /** Breaks off those that have not ended. */
  List<Held> abandon() {
    List<Map.Entry<Held, Future<?>>> left;
    synchronized (this) {
      left =
          calls.entrySet().stream()
              .<Map.Entry<Held, Future<?>>>map(call -> Map.entry(call.getKey(), call.getValue()))
              .toList();
      calls.clear();
    }
    left.forEach(call -> call.getValue().cancel(true));
    return left.stream().map(Map.Entry::getKey).toList();
  }
}
