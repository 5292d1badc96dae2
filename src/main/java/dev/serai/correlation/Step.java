package dev.serai.correlation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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

  /** The same with its id, which its JSON does not have. */
  Step withId(String other) {
    return new Step(other, what, time, exchange, routingKey, queue, route, attempt, error, replays);
  }
}
