package dev.serai.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Looks of this process, one at a time: those that are asked for while one is under way become one
 * more, which is done by the thread that is at it. Thread-safe.
 */
final class Looks {
  /** So that what was found is not kept waiting by ever new questions. */
  private static final int AT_ONCE = 3;

  private final AtomicBoolean wanted = new AtomicBoolean();
  private final ReentrantLock busy = new ReentrantLock();

  /** What was found; empty also when another thread looks. */
  List<String> look(Supplier<List<String>> query) {
    wanted.set(true);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < AT_ONCE && wanted.get() && busy.tryLock(); i++) {
      try {
        if (wanted.getAndSet(false)) {
          found.addAll(query.get());
        }
      } finally {
        busy.unlock();
      }
    }
    return found;
  }
}
