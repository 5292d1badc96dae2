package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which providers are verified, and when. */
class VerificationRequestTest {
  private final Providers providers = TestProviders.of(TestProviders.at("p", "http://p"));

  @Test
  void only_what_is_configured_is_verified() throws Exception {
    VerificationRequest request = new VerificationRequest(providers);

    request.check(json("p", "m"));
    assertThat(new String(request.request("p"), StandardCharsets.UTF_8))
        .isEqualTo("{\"provider\":\"p\"}");

    assertThatThrownBy(() -> request.request("q"))
        .isInstanceOf(ProblemException.class)
        .hasMessage("There is no provider \"q\"; there are: p, simulated");
    assertThatThrownBy(() -> request.check(json("p", "n")))
        .hasMessageContaining("offers the model \"n\"; it offers: m");
    assertThatThrownBy(() -> request.begin(json("q", null), "hi", 16))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageStartingWith("unknown-provider: ");
  }

  @Test
  void a_period_has_one_key_for_each_provider() {
    VerificationSchedule schedule = new VerificationSchedule(providers);
    Instant noon = Instant.parse("2030-01-01T12:00:00Z");

    assertThat(schedule.due("0", noon)).isEmpty();
    assertThat(keys(schedule, noon))
        .containsExactly("§verification/p/1h/525972", "§verification/simulated/1h/525972")
        .isEqualTo(keys(schedule, noon.plusSeconds(3599)))
        .doesNotContainAnyElementsOf(keys(schedule, noon.plusSeconds(3600)));
  }

  private static List<String> keys(VerificationSchedule schedule, Instant now) {
    return schedule.due("1h", now).stream()
        .map(due -> String.valueOf(due.task().idempotencyKey()))
        .toList();
  }

  private static JsonNode json(String provider, @Nullable String model) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("provider", provider);
    return model == null ? request : request.put("model", model);
  }
}
