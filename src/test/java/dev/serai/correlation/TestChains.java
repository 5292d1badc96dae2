package dev.serai.correlation;

import dev.serai.broker.MessageIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events and settings of the tests of this package. */
final class TestChains {
  static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");

  private TestChains() {}

  static CorrelationSettings settings(int mostWaiting, int mostEvents) {
    return new CorrelationSettings(
        true,
        "sql",
        Duration.ofDays(14),
        Duration.ofSeconds(10),
        mostWaiting,
        mostEvents,
        new CorrelationSettings.Redis("localhost", 6379, "", Duration.ofSeconds(2)));
  }

  /** An event that was published so many seconds after noon. */
  static Sighting published(int second, String id, @Nullable String group, String... parents) {
    return new Sighting(event(second, id, group, parents), step(second, "published"));
  }

  static LinkedEvent event(int second, String id, @Nullable String group, String... parents) {
    return new LinkedEvent(id, group, List.of(parents), "a.b.c", "/test", NOON.plusSeconds(second));
  }

  static Step step(int second, String what) {
    return new Step(
        MessageIds.next(),
        what,
        NOON.plusSeconds(second).toString(),
        "bus",
        "a.b.c",
        null,
        null,
        null,
        null,
        null);
  }
}
