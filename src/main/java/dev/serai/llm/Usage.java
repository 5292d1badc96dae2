package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Tokens of a question and its answer.
 *
 * @param input of the question
 * @param output of the answer
 * @param estimated whether the provider did not say them all
 */
public record Usage(long input, long output, boolean estimated) {
  static final Usage NONE = new Usage(0, 0, false);

  private static final long MOST = 1_000_000_000; // no model knows so many, and sums stay sums
  private static final int BYTES_PER_TOKEN = 4; // of English text; more tokens elsewhere
  private static final int MILLION_DIGITS = 6;
  private static final int COST_DIGITS = 9;

  /** What a provider says; empty when it says nothing that can be read, or that can be. */
  static Optional<Usage> read(JsonNode usage) {
    JsonNode input = usage.path("prompt_tokens");
    JsonNode output = usage.path("completion_tokens");
    return canBe(input) && canBe(output)
        ? Optional.of(new Usage(input.asLong(), output.asLong(), false))
        : Optional.empty();
  }

  private static boolean canBe(JsonNode tokens) {
    return tokens.canConvertToExactIntegral()
        && tokens.canConvertToLong()
        && tokens.asLong() >= 0
        && tokens.asLong() <= MOST;
  }

  /** The tokens that a text is likely to have. */
  static long tokensOf(int bytes) {
    return (bytes + BYTES_PER_TOKEN - 1L) / BYTES_PER_TOKEN;
  }

  /** Of both together. */
  public long total() {
    return input + output;
  }

  Usage plus(Usage other) {
    return new Usage(input + other.input, output + other.output, estimated || other.estimated);
  }

  /** What a provider takes for it. */
  BigDecimal cost(Provider.Price price) {
    return price
        .input()
        .multiply(BigDecimal.valueOf(input))
        .add(price.output().multiply(BigDecimal.valueOf(output)))
        .movePointLeft(MILLION_DIGITS)
        .setScale(COST_DIGITS, RoundingMode.HALF_UP)
        .stripTrailingZeros();
  }
}
