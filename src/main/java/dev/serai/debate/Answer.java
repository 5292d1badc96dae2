package dev.serai.debate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a participant was asked in a round, and said.
 *
 * @param name of the participant
 * @param task of type llm that asks
 * @param state {@code asked}, that of the task when it had ended, or {@code late} when the round
 *     was over before
 * @param text null unless it has {@code succeeded}
 * @param provider that answered
 * @param error why there is no answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
    int round,
    int participant,
    String name,
    String task,
    String state,
    @Nullable String text,
    @Nullable String provider,
    @Nullable String model,
    @Nullable String error,
    Used usage) {
  private static final String ASKED = "asked";
  private static final String SUCCEEDED = "succeeded";

  /** What it took. */
  public record Used(
      @JsonProperty("input_tokens") long input,
      @JsonProperty("output_tokens") long output,
      boolean estimated,
      BigDecimal cost) {
    static final Used NOTHING = new Used(0, 0, false, BigDecimal.ZERO);

    private static Used of(JsonNode result) {
      JsonNode usage = result.path("usage");
      return new Used(
          usage.path("prompt_tokens").asLong(),
          usage.path("completion_tokens").asLong(),
          usage.path("estimated").asBoolean(),
          result.path("serai").path("cost").decimalValue());
    }

    Used plus(Used other) {
      return new Used(
          input + other.input,
          output + other.output,
          estimated || other.estimated,
          cost.add(other.cost));
    }
  }

  /** As the store has it. */
  static Answer of(
      int round, Participant by, String task, String state, JsonNode result, JsonNode error) {
    boolean said = state.equals(SUCCEEDED);
    return new Answer(
        round,
        by.number(),
        by.name(),
        task,
        state,
        said ? result.at("/choices/0/message/content").asText("") : null,
        result.at("/serai/provider").textValue(),
        result.path("model").textValue(),
        said || state.equals(ASKED) ? null : error.path("detail").asText(state),
        said ? Used.of(result) : Used.NOTHING);
  }

  boolean isOpen() {
    return state.equals(ASKED);
  }

  boolean isGiven() {
    return state.equals(SUCCEEDED);
  }
}
