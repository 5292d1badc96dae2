package dev.serai.llm;

import static dev.serai.llm.ChatServer.answer;
import static dev.serai.llm.ChatServer.models;
import static dev.serai.llm.ChatServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.http.ProblemException;
import dev.serai.store.TestStore;
import dev.serai.tasks.Claim;
import dev.serai.tasks.RunningTasks;
import dev.serai.tasks.Stop;
import dev.serai.tasks.TaskStoppedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What is found out about providers, on their good and bad days. */
@SuppressWarnings("NullAway.Init") // opened before each test
class VerificationTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ChatServer server = ChatServer.start();
  private final RunningTasks running = mock(RunningTasks.class);
  private final Claim task =
      new Claim("t1", "verification", 1, 0, "", null, JsonNodeFactory.instance.objectNode(), null);
  private TestStore store;
  private LlmBudget budget;

  @BeforeEach
  void open(@TempDir Path data) {
    store = TestStore.onH2(data);
    when(running.asked(any())).thenReturn(Optional.empty());
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

  @Test
  void a_provider_that_lists_its_models_and_answers_is_healthy() {
    server.lists(models("a", "models/m")).replies(answer("OK"));

    VerificationReport report = verify(provider(0));

    assertThat(report.healthy()).isTrue();
    assertThat(report.reasons()).isEmpty();
    assertThat(report.checks().models().listed()).isEqualTo(2);
    assertThat(report.checks().models().latency()).isBetween(0L, 20_000L);
    assertThat(report.checks().completion().latency()).isBetween(0L, 20_000L);
    assertThat(report.checks().completion().cost()).isEqualByComparingTo("0.000044");
    assertThat(server.keys()).containsExactly("Bearer secret", "Bearer secret");
    assertThat(server.requests().get(0).path("max_tokens").asInt()).isEqualTo(16);
  }

  @Test
  void one_that_does_not_list_a_model_is_not() {
    server.lists(models("other")).replies(answer("OK"));

    VerificationReport report = verify(provider(0));

    assertThat(report.healthy()).isFalse();
    assertThat(report.reasons()).containsExactly("models: does not list m");
    assertThat(report.checks().models().missing()).containsExactly("m");
    assertThat(report.checks().completion().passed()).isTrue();
  }

  @Test
  void one_that_does_not_accept_the_key_is_not() {
    server.lists(status(401, "{}")).replies(status(401, "{}"));

    assertThat(verify(provider(0)).reasons())
        .containsExactly(
            "models: status 401: it does not accept the key",
            "completion: status 401: it does not accept the key");
  }

  @Test
  void one_that_fails_is_not() {
    server
        .lists(status(500, "{\"error\":{\"message\":\"disk full\"}}"))
        .replies(status(503, "none"));

    assertThat(verify(provider(0)).reasons())
        .containsExactly("models: status 500: disk full", "completion: status 503");
  }

  @Test
  void one_that_is_too_slow_is_not() {
    server.lists(server.silence()).replies(server.silence());

    assertThat(verify(provider(0), "200ms").reasons())
        .containsExactly("models: no list of models within 0.2s", "completion: no end within 0.2s");
  }

  @Test
  void one_that_answers_what_nobody_can_read_is_not() {
    server.lists(status(200, "<html>")).replies(status(200, "[1,"));

    assertThat(verify(provider(0)).reasons())
        .containsExactly(
            "models: the answer is no list of models",
            "completion: the answer is no chat completion");
  }

  @Test
  void one_that_is_away_is_not() {
    server.close();

    assertThat(verify(provider(0)).reasons())
        .hasSize(2)
        .allMatch(reason -> reason.contains("cannot be reached"));
  }

  @Test
  void one_without_a_budget_is_not_asked() {
    server.replies(answer("OK"));
    Provider provider = provider(1); // in any minute
    verify(provider);

    VerificationReport report = verify(provider, "100ms");

    assertThat(report.reasons())
        .containsExactly("completion: no-budget: its limits allowed no call in time");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void one_that_the_breaker_keeps_others_from_can_be_verified() {
    server.replies(answer("OK"));
    Verification verification = verification(provider(0));
    for (int i = 0; i < 2; i++) {
      budget.breakers().failed("p", Duration.ZERO, new IllegalStateException());
    }
    assertThat(budget.breakers().allows("p")).isFalse();

    assertThat(verify(verification, "1s").healthy()).isTrue();

    assertThat(budget.breakers().allows("p")).isFalse();
  }

  @Test
  void the_simulated_provider_needs_no_server() {
    LlmWork work = request(TestProviders.of()).begin(json("simulated", null), "hi", 16);
    Verification verification = verification();

    VerifiedModels listed = verification.models(task, work, "1s");
    Reservation reserved = Objects.requireNonNull(verification.reserve(task, work, "1s"));

    assertThat(listed.passed()).isTrue();
    assertThat(verification.ask(task, work, reserved, "5s").call().outcome()).isEqualTo("answered");
  }

  @Test
  void a_task_that_has_to_stop_closes_the_call() {
    server.lists(server.silence());
    doAnswer(
            call -> {
              call.<Runnable>getArgument(1).run();
              return null;
            })
        .when(running)
        .onInterrupt(any(), any());
    Verification verification = verification(provider(0));
    LlmWork work = request(TestProviders.of(provider(0))).begin(json("p", null), "hi", 16);

    assertThatThrownBy(() -> verification.models(task, work, "1m"))
        .isInstanceOf(TaskStoppedException.class);
  }

  @Test
  void one_that_has_to_stop_does_not_wait_for_a_budget() {
    server.replies(answer("OK"));
    Provider provider = provider(1);
    verify(provider);
    Verification verification = verification(provider);
    LlmWork work = request(TestProviders.of(provider)).begin(json("p", null), "hi", 16);
    when(running.asked(any())).thenReturn(Optional.of(Stop.CANCELLED));

    assertThatThrownBy(() -> verification.reserve(task, work, "1m"))
        .isInstanceOf(TaskStoppedException.class);
  }

  @Test
  void only_what_is_configured_is_verified() throws Exception {
    VerificationRequest request = request(TestProviders.of(provider(0)));

    request.check(json("p", "m"));
    assertThat(new String(request.request("p"))).isEqualTo("{\"provider\":\"p\"}");

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
    VerificationSchedule schedule = new VerificationSchedule(TestProviders.of(provider(0)));
    Instant noon = Instant.parse("2030-01-01T12:00:00Z");

    assertThat(schedule.due("0", noon)).isEmpty();
    assertThat(keys(schedule, noon))
        .containsExactly("verification/p/1h/525972", "verification/simulated/1h/525972")
        .isEqualTo(keys(schedule, noon.plusSeconds(3599)))
        .doesNotContainAnyElementsOf(keys(schedule, noon.plusSeconds(3600)));
  }

  private static List<String> keys(VerificationSchedule schedule, Instant now) {
    return schedule.due("1h", now).stream()
        .map(due -> String.valueOf(due.task().idempotencyKey()))
        .toList();
  }

  private VerificationReport verify(Provider provider) {
    return verify(provider, "20s");
  }

  private VerificationReport verify(Provider provider, String longest) {
    return verify(verification(provider), longest);
  }

  private VerificationReport verify(Verification verification, String longest) {
    LlmWork work = request(TestProviders.of(provider(0))).begin(json("p", null), "hi", 16);
    VerifiedModels listed = verification.models(task, work, longest);
    Reservation reserved = verification.reserve(task, work, longest);
    VerifiedCall trial = null;
    if (reserved != null) {
      trial = verification.ask(task, work, reserved, longest);
      budget.settle(reserved, trial.call());
    }
    return verification.report(task, work, listed, trial);
  }

  private static VerificationRequest request(Providers providers) {
    return new VerificationRequest(providers);
  }

  private Verification verification(Provider... provider) {
    Providers providers = TestProviders.of(provider);
    budget = new LlmBudget(providers, store.jdbc(), store.transactions(), store.turns());
    StaticListableBeanFactory none = new StaticListableBeanFactory();
    LlmCalls calls =
        new LlmCalls(providers, budget, running, none.getBeanProvider(ChunkSink.class));
    return new Verification(providers, budget, calls, running);
  }

  private Provider provider(int requestsPerMinute) {
    Provider.Limits limits = new Provider.Limits(requestsPerMinute, 0, 0);
    return TestProviders.with("p", server.url(), limits, LONG, LONG);
  }

  private static JsonNode json(String provider, @Nullable String model) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("provider", provider);
    return model == null ? request : request.put("model", model);
  }
}
