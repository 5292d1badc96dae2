package dev.serai.bloodbank;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a replay has done.
 *
 * @param replayed events that were sent and taken
 * @param next what to send as {@code after} to go on; null: there are no more
 * @param stopped the event that was not taken; null: none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Replayed(int replayed, @Nullable Long next, @Nullable Stopped stopped) {

  /** Why it ended early. */
  public record Stopped(@JsonProperty("event_id") String id, String reason) {}
}
