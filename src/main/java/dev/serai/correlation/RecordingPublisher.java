package dev.serai.correlation;

import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;

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
      Sighting.of(message, Instant.now().truncatedTo(ChronoUnit.MILLIS))
          .ifPresent(
              sighting -> {
                var unused = result.thenRun(() -> recorder.take(sighting));
              });
    }
    return result;
  }
}
