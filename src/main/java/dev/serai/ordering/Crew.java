package dev.serai.ordering;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who works on the messages of all partitions of a route.
 *
 * @param workers try messages
 * @param clock wakes those whose wait is over, and closes channels
 * @param work what trying means
 */
record Crew(Executor workers, ScheduledExecutorService clock, Work work) {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  /** One attempt. */
  interface Work {

    /**
     * Tries a message; may take long.
     *
     * @return how long to wait before the next attempt; empty when the message is done or parked
     */
    Optional<Duration> attempt(Held message);
  }

  /** Lets a worker do something, unless the route has ended: then messages stay in their queue. */
  void begin(Runnable task) {
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("The route has ended", e);
    }
  }

  /** Does something after a while, unless the route has ended. */
  void later(Runnable task, Duration wait) {
    try {
      ScheduledFuture<?> unused = clock.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The route has ended", e);
    }
  }

  /** Does something soon, on another thread as long as there are some. */
  void end(Runnable task) {
    try {
      clock.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }
}
