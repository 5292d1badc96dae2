package dev.serai.correlation;

import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.broker.Traced;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.event.EventListener;

/**
 * The publisher of all routes: lets the recorder know of each message that belongs to a chain when
 * the broker has it, be it new, to be tried again, parked or replayed. Thread-safe.
 */
class RecordingPublisher implements Publisher {
  private final Publisher publisher;
  private final Recorder recorder;
  private final boolean enabled;

  RecordingPublisher(Publisher publisher, Recorder recorder, boolean enabled) {
    this.publisher = publisher;
    this.recorder = recorder;
    this.enabled = enabled;
  }

  @Override
  public CompletableFuture<Void> publish(OutgoingMessage message) {
    CompletableFuture<Void> result = publisher.publish(message);
    if (enabled) {
      Sighting.of(message, now())
          .ifPresent(
              sighting -> {
                var unused = result.thenRun(() -> recorder.take(sighting));
              });
    }
    return result;
  }

  /** Something has happened to a message that was published elsewhere, or stays where it is. */
  @EventListener
  void note(Traced traced) {
    if (enabled) {
      Sighting.of(traced.message(), now()).ifPresent(recorder::take);
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
