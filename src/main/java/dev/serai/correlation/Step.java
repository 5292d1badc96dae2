package dev.serai.correlation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an event.
 *
 * @param id sorts by time, and makes a step that is stored twice one
 * @param what {@code published}, {@code retried}, {@code parked} or {@code replayed}
 * @param time ISO 8601
 * @param exchange that it was published to
 * @param queue in which it failed
 * @param route that failed
 * @param attempt which of them that was, from 1
 * @param error what it failed with
 * @param replays how often a person has sent it back, from 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Step(
    @JsonIgnore String id,
    String what,
    String time,
    @Nullable String exchange,
    @JsonProperty("routing_key") @Nullable String routingKey,
    @Nullable String queue,
    @Nullable String route,
    @Nullable Integer attempt,
    @Nullable String error,
    @Nullable Integer replays) {

  /** The id of a step that only somebody else has told of: sorts before all others. */
  private static final String OVERHEARD = "0";

  /** That an event was published, as who listens knows it. */
  static Step overheard(Instant time, String exchange, String routingKey) {
    return new Step(
        OVERHEARD,
        "published",
        time.toString(),
        exchange,
        routingKey,
        null,
        null,
        null,
        null,
        null);
  }

  /** Those of one event; what was overheard is there only where its publisher has told nothing. */
  static List<Step> once(List<Step> steps) {
    List<Step> told = new ArrayList<>(steps);
    told.removeIf(step -> step.id().equals(OVERHEARD));
    if (told.stream().noneMatch(step -> step.what().equals("published"))) {
      steps.stream()
          .filter(step -> step.id().equals(OVERHEARD))
          .findFirst()
          .ifPresent(step -> told.add(0, step));
    }
    return told;
  }

  /** The same with its id, which its JSON does not have. */
  Step withId(String other) {
    return new Step(other, what, time, exchange, routingKey, queue, route, attempt, error, replays);
  }
}
