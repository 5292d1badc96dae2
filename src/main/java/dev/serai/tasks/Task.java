package dev.serai.tasks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as its caller sees it.
 *
 * @param id UUIDv7, so that ids sort by the time they were made
 * @param type which says who does it, such as {@code llm}
 * @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed}, {@code
 *     cancelled} or {@code expired}
 * @param priority 0 to 10; 10 first
 * @param tenant empty when the caller named none
 * @param progress what its worker said last
 * @param result JSON, once it has succeeded
 * @param error {@code code} and {@code detail}, once it has failed or expired
 * @param attempts oldest first
 */
public record Task(
    String id,
    String type,
    String state,
    int priority,
    String tenant,
    @Nullable JsonNode progress,
    @Nullable JsonNode result,
    @Nullable JsonNode error,
    List<Attempt> attempts,
    String created,
    @Nullable String started,
    @Nullable String ended,
    @Nullable String deadline,
    @JsonProperty("callback_url") @Nullable String callbackUrl) {

  /**
   * One attempt to do it.
   *
   * @param number from 1
   * @param worker host and process
   * @param outcome {@code running}, {@code succeeded}, {@code failed}, {@code cancelled}, {@code
   *     expired}, {@code rested} when it let the task wait for others, {@code waited} when it had
   *     to wait in a line, or {@code lost} when its worker was not heard of any more
   * @param error what it failed with
   */
  public record Attempt(
      long number,
      String worker,
      String outcome,
      @Nullable String error,
      String started,
      @Nullable String ended) {}

  /** Whether nothing will happen to it any more. */
  public static boolean isOver(String state) {
    return !state.equals("queued") && !state.equals("running");
  }
}
