package dev.serai.ordering;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Who works on the messages of all partitions of a route.
 *
 * @param workers try messages
 * @param clock wakes those whose wait is over, and closes channels
 * @param work what trying means
 */
record Crew(Executor workers, ScheduledExecutorService clock, Work work) {

  /** One attempt. */
  interface Work {

    /**
     * Tries a message; may take long.
     *
     * @return how long to wait before the next attempt; empty when the message is done or parked
     */
    Optional<Duration> attempt(Held message);
  }
}
