package dev.serai.ordering;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
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
  private static final int CLOCK_THREADS = 2; // one may wait for a connection

  /**
   * Threads that try messages. None of these is ever tried by the thread that brings it, which
   * reads the connection and would wait for itself; so any number waits, and after the end none is
   * taken.
   */
  static ExecutorService workers(ExecutorServiceManager threads, Object route, int count) {
    return threads.newThreadPool(route, "serai-ordered", profile(count));
  }

  /** Threads for what comes later. */
  static ScheduledExecutorService clock(ExecutorServiceManager threads, Object route) {
    return threads.newScheduledThreadPool(route, "serai-ordered-clock", profile(CLOCK_THREADS));
  }

  private static ThreadPoolProfile profile(int threads) {
    return new ThreadPoolProfileBuilder("serai-ordered")
        .poolSize(threads)
        .maxPoolSize(threads)
        .maxQueueSize(Integer.MAX_VALUE)
        .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
        .build();
  }

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
