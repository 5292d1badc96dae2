package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.files.TimeText;
import dev.serai.tasks.NewTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** When providers are verified by themselves. Bean {@code verificationSchedule}; thread-safe. */
@Component("verificationSchedule")
public class VerificationSchedule {
  private final Providers providers;

  VerificationSchedule(Providers providers) {
    this.providers = providers;
  }

  /** A verification to submit. */
  public record Due(NewTask task, JsonNode request) {}

  /**
   * The verifications of the present period, one of each provider. Their idempotency keys name the
   * period, so that whoever is second submits nothing.
   *
   * @param every length of a period, such as {@code 1h}; {@code 0}: nothing is due
   */
  public List<Due> due(String every) {
    return due(every, Instant.now());
  }

  List<Due> due(String every, Instant now) {
    long period = TimeText.read(every).map(Duration::toMillis).orElse(0L);
    if (period == 0) {
      return List.of();
    }
    long number = now.toEpochMilli() / period;
    return providers.all().stream()
        .map(provider -> due(provider.name(), every + "/" + number))
        .toList();
  }

  private static Due due(String provider, String period) {
    String key = NewTask.ownKey("verification/" + provider + "/" + period);
    return new Due(
        new NewTask("verification", 0, "", null, null, null, key, null),
        JsonNodeFactory.instance.objectNode().put("provider", provider));
  }
}
