package dev.serai.llm;

import static dev.serai.llm.ChatServer.answer;
import static dev.serai.llm.ChatServer.models;
import static dev.serai.llm.ChatServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is found out about providers, on their good and bad days. */
class VerificationTest extends VerifiedFixture {
  @Test
  void a_provider_that_lists_its_models_and_answers_is_healthy() {
    provider.server().lists(models("a", "models/m")).replies(answer("OK"));

    VerificationReport report = provider.verify(provider.provider(0));

    assertThat(report.healthy()).isTrue();
    assertThat(report.reasons()).isEmpty();
    assertThat(report.checks().models().listed()).isEqualTo(2);
    assertThat(report.checks().models().latency()).isBetween(0L, 20_000L);
    assertThat(report.checks().completion().latency()).isBetween(0L, 20_000L);
    assertThat(report.checks().completion().cost()).isEqualByComparingTo("0.000044");
    assertThat(provider.server().keys()).containsExactly("Bearer secret", "Bearer secret");
    assertThat(provider.server().requests().get(0).path("max_tokens").asInt()).isEqualTo(16);
  }

  @Test
  void one_that_does_not_list_a_model_is_not() {
    provider.server().lists(models("other")).replies(answer("OK"));

    VerificationReport report = provider.verify(provider.provider(0));

    assertThat(report.healthy()).isFalse();
    assertThat(report.reasons()).containsExactly("models: does not list m");
    assertThat(report.checks().models().missing()).containsExactly("m");
    assertThat(report.checks().completion().passed()).isTrue();
  }

  @Test
  void one_that_does_not_accept_the_key_is_not() {
    provider.server().lists(status(401, "{}")).replies(status(401, "{}"));

    assertThat(provider.verify(provider.provider(0)).reasons())
        .containsExactly(
            "models: status 401: it does not accept the key",
            "completion: status 401: it does not accept the key");
  }

  @Test
  void one_that_fails_is_not() {
    provider
        .server()
        .lists(status(500, "{\"error\":{\"message\":\"disk full\"}}"))
        .replies(status(503, "none"));

    assertThat(provider.verify(provider.provider(0)).reasons())
        .containsExactly("models: status 500: disk full", "completion: status 503");
  }

  @Test
  void one_that_is_too_slow_is_not() {
    provider.server().lists(provider.server().silence()).replies(provider.server().silence());

    assertThat(provider.verify(provider.provider(0), "200ms").reasons())
        .containsExactly("models: no list of models within 0.2s", "completion: no end within 0.2s");
  }

  @Test
  void one_that_answers_what_nobody_can_read_is_not() {
    provider.server().lists(status(200, "<html>")).replies(status(200, "[1,"));

    assertThat(provider.verify(provider.provider(0)).reasons())
        .containsExactly(
            "models: the answer is no list of models",
            "completion: the answer is no chat completion");
  }

  @Test
  void one_that_is_away_is_not() {
    provider.server().close();

    assertThat(provider.verify(provider.provider(0)).reasons())
        .hasSize(2)
        .allMatch(reason -> reason.contains("cannot be reached"));
  }

  @Test
  void the_simulated_provider_needs_no_server() {
    LlmWork work = provider.work("simulated");
    Verification verification = provider.verification();

    VerifiedModels listed = verification.models(provider.task(), work, "1s");
    Reservation reserved =
        Objects.requireNonNull(verification.reserve(provider.task(), work, "1s"));

    assertThat(listed.passed()).isTrue();
    assertThat(verification.ask(provider.task(), work, reserved, "5s").call().outcome())
        .isEqualTo("answered");
  }
}
