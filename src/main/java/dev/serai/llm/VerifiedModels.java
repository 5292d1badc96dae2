package dev.serai.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;

/**
 * Whether a provider lists the models that are configured for it.
 *
 * @param latency of the answer, in milliseconds
 * @param listed models that it lists
 * @param missing those of the configured ones that it does not
 * @param error why the check was not passed; empty when it was
 */
public record VerifiedModels(
    boolean passed,
    @JsonProperty("latency_ms") long latency,
    int listed,
    List<String> missing,
    String error) {

  /** Some providers write {@code models/} before the names. */
  static VerifiedModels of(List<String> wanted, List<String> listed, Duration took) {
    List<String> missing =
        wanted.stream()
            .filter(model -> !listed.contains(model) && !listed.contains("models/" + model))
            .toList();
    String error = missing.isEmpty() ? "" : "does not list " + String.join(", ", missing);
    return new VerifiedModels(missing.isEmpty(), took.toMillis(), listed.size(), missing, error);
  }

  static VerifiedModels failed(String error, Duration took) {
    return new VerifiedModels(false, took.toMillis(), 0, List.of(), error);
  }
}
