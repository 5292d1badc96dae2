package dev.serai.ordering;

import dev.serai.delivery.KeptMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What this process knows of messages that it may get again, because their channel was closed:
 * which have failed and wait, and which are done although their acknowledgement was lost. By
 * message id; of the newest. Thread-safe.
 */
final class Memory {
  private final Map<String, Known> known;

  /**
   * What is known of one message.
   *
   * @param until when its wait is over, in the time of {@link System#nanoTime}
   */
  private record Known(KeptMessage kept, long until, boolean done) {}

  Memory(int most) {
    known = new Newest<>(most);
  }

  synchronized void waits(Held message, Duration wait) {
    put(message, new Known(message.kept(), System.nanoTime() + wait.toNanos(), false));
  }

  synchronized void done(Held message) {
    put(message, new Known(message.kept(), 0, true));
  }

  synchronized void forget(Held message) {
    known.remove(message.id());
  }

  private void put(Held message, Known state) {
    known.put(message.id(), state);
  }

  /** What earlier attempts have left of a message that comes again. */
  synchronized Optional<KeptMessage> kept(String id) {
    return Optional.ofNullable(known.get(id)).map(Known::kept);
  }

  /** Whether a message that comes again was done already. Said once: another may have its id. */
  synchronized boolean takeDone(Held message) {
    String id = message.id();
    Known state = known.get(id);
    boolean done = state != null && state.done();
    if (done) {
      known.remove(id);
    }
    return done;
  }

  /** The rest of its wait, when there is some. */
  synchronized Optional<Duration> rest(Held message) {
    return Optional.ofNullable(known.get(message.id()))
        .filter(state -> !state.done())
        .map(state -> Duration.ofNanos(state.until() - System.nanoTime()))
        .filter(rest -> rest.compareTo(Duration.ZERO) > 0);
  }
}
