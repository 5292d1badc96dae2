package dev.serai.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A queue as its file says it, before references are followed.
 *
 * @param name literal name
 * @param section where it stands
 * @param arguments those that need no other queue
 * @param deadLetter where the broker sends what expires, overflows or is rejected
 * @param bindings to exchanges
 * @param retry waits before the next attempts
 * @param park where messages go after the last attempt
 * @param perInstance whether each process has its own
 * @param partitions the queues that hold its messages in order per key
 */
record QueueDraft(
    String name,
    Section section,
    Map<String, Object> arguments,
    Optional<DeadLetter> deadLetter,
    List<Binding> bindings,
    Optional<Retry> retry,
    Optional<String> park,
    boolean perInstance,
    Optional<Topologies.Partitions> partitions) {

  /** An exchange, and the key to use there instead of the message's own. */
  record DeadLetter(String exchange, Optional<String> key) {}

  /** A binding and where it stands. */
  record Binding(String exchange, String key, Section section) {}

  /** How failed messages wait. */
  sealed interface Retry {

    /** In wait queues of this queue alone, one per duration. */
    record Ladder(List<Duration> waits) implements Retry {}

    /**
     * In one queue that several share.
     *
     * @param via name of the wait queue
     * @param delay the same for all who share it
     * @param attempts after the first
     * @param maxLength messages that may wait
     */
    record Shared(String via, Duration delay, int attempts, long maxLength) implements Retry {}
  }
}
