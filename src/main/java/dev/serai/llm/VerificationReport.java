package dev.serai.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a provider that was verified; the result of the task.
 *
 * @param task its id
 * @param healthy whether all checks were passed
 * @param reasons why it is not
 */
public record VerificationReport(
    String task, String provider, boolean healthy, List<String> reasons, Checks checks) {

  /** Each of them. */
  public record Checks(VerifiedModels models, Completion completion) {}

  /**
   * Whether the provider answers a question.
   *
   * @param model that was asked
   * @param latency until the whole answer was there, in milliseconds
   * @param error why the check was not passed; empty when it was
   */
  public record Completion(
      boolean passed,
      String model,
      @JsonProperty("latency_ms") long latency,
      @JsonProperty("input_tokens") long input,
      @JsonProperty("output_tokens") long output,
      BigDecimal cost,
      String error) {

    private static Completion of(String model, @Nullable VerifiedCall trial) {
      if (trial == null) {
        String error = "no-budget: its limits allowed no call in time";
        return new Completion(false, model, 0, 0, 0, BigDecimal.ZERO, error);
      }
      LlmCall call = trial.call();
      return new Completion(
          call.outcome().equals(LlmCall.ANSWERED),
          model,
          trial.latency(),
          call.usage().input(),
          call.usage().output(),
          call.cost(),
          call.error());
    }
  }

  static VerificationReport of(
      String task, LlmWork work, VerifiedModels models, @Nullable VerifiedCall trial) {
    Completion completion = Completion.of(work.model(), trial);
    List<String> reasons = new ArrayList<>();
    if (!models.passed()) {
      reasons.add("models: " + models.error());
    }
    if (!completion.passed()) {
      reasons.add("completion: " + completion.error());
    }
    return new VerificationReport(
        task,
        work.left().get(0),
        reasons.isEmpty(),
        List.copyOf(reasons),
        new Checks(models, completion));
  }
}
