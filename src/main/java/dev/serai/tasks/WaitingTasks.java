package dev.serai.tasks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many tasks wait in the store, so that callers cannot fill it without end. Counted every few
 * seconds; in between, those that come here are added, and nobody waits for the count of another.
 * Thread-safe.
 */
@Component
class WaitingTasks {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final JdbcClient jdbc;
  private final int most;
  private final ReentrantLock counting = new ReentrantLock();
  private final AtomicLong waiting = new AtomicLong();
  private volatile long countedAt = System.nanoTime() - FRESH_NANOS;

  /**
   * Has counted nothing yet.
   *
   * @param most that may wait
   */
  WaitingTasks(JdbcClient jdbc, @Value("${helixagent.tasks.most-waiting:1000000}") int most) {
    this.jdbc = jdbc;
    this.most = most;
  }

  /** Whether there is no room for one more. */
  boolean areTooMany() {
    if (System.nanoTime() - countedAt >= FRESH_NANOS && counting.tryLock()) {
      try {
        countedAt = System.nanoTime();
        waiting.set(
            jdbc.sql(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM task WHERE state = 'queued' LIMIT ?) waiting")
                .param(most)
                .query(Long.class)
                .single());
      } finally {
        counting.unlock();
      }
    }
    return waiting.get() >= most;
  }

  /** One more waits. */
  void add() {
    waiting.incrementAndGet();
  }
}
