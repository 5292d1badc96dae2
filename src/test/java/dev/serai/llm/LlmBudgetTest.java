package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.store.TestStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which provider may be asked now. */
@SuppressWarnings("NullAway.Init") // opened before each test
class LlmBudgetTest {
  private TestStore store;

  @BeforeEach
  void open(@TempDir Path data) {
    store = TestStore.onH2(data);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void takes_the_first_one_whose_budget_is_free() throws Exception {
    Providers providers = TestProviders.of(once("a"), TestProviders.at("b", "http://127.0.0.1:1"));
    LlmBudget budget = budget(providers);
    LlmWork work = work(providers);

    assertThat(reserve(budget, work).provider()).isEqualTo("a");
    assertThat(reserve(budget, work).provider()).isEqualTo("b");
  }

  @Test
  void says_when_none_is_free() throws Exception {
    Providers providers = TestProviders.of(once("a"));
    LlmBudget budget = budget(providers);
    LlmWork work = work(providers);
    Reservation first = reserve(budget, work);

    assertThat(budget.reserve(work)).isNull();

    budget.settle(first, call("failed", false, 0));
    assertThat(budget.reserve(work)).isNotNull();
  }

  @Test
  void leaves_a_provider_alone_that_fails_again_and_again() throws Exception {
    Providers providers = two();
    LlmBudget budget = budget(providers);
    LlmWork work = work(providers);
    for (int i = 0; i < 2; i++) {
      assertThat(reserve(budget, work).provider()).isEqualTo("a");
      budget.breakers().failed("a", Duration.ZERO, new IllegalStateException());
    }

    assertThat(reserve(budget, work).provider()).isEqualTo("b");
  }

  @Test
  void tries_it_with_one_call_after_a_pause_and_again_if_nobody_tells_how_that_ended() {
    Breakers breakers = new Breakers(new LlmSettings.Breaker(50, 1, Duration.ofSeconds(1)));
    assertThat(breakers.allows("a")).isTrue();
    breakers.failed("a", Duration.ZERO, new IllegalStateException());

    await().until(() -> breakers.allows("a"));
    assertThat(breakers.allows("a")).as("a second one meanwhile").isFalse();

    await().until(() -> breakers.allows("a"));
    breakers.succeeded("a", Duration.ZERO);
    assertThat(breakers.allows("a")).isTrue();
    assertThat(breakers.allows("a")).isTrue();
  }

  @Test
  void a_provider_that_is_only_busy_is_not_taken_for_broken() throws Exception {
    Providers providers = TestProviders.of(TestProviders.at("a", "http://127.0.0.1:1"));
    LlmBudget budget = budget(providers);
    for (int i = 0; i < 5; i++) {
      assertThat(reserve(budget, work(providers)).provider()).isEqualTo("a");
      budget.breakers().forget("a");
    }
  }

  @Test
  void another_process_leaves_it_alone_too() throws Exception {
    Providers providers = TestProviders.of(TestProviders.at("a", "http://127.0.0.1:1"));
    budget(providers).close(call("busy", true, 60_000));

    assertThat(budget(providers).reserve(work(providers))).isNull();
  }

  @Test
  void a_time_that_is_over_or_too_far_away_is_not_obeyed_to_the_letter() throws Exception {
    Providers providers = two();
    LlmBudget budget = budget(providers);

    budget.close(call("busy", true, -1_000));
    assertThat(reserve(budget, work(providers)).provider()).isEqualTo("b");

    budget.close(call("busy", true, Duration.ofDays(9_999).toMillis()));
    assertThat(
            store
                .jdbc()
                .sql("SELECT closed_until FROM llm_provider WHERE name = 'a'")
                .query(OffsetDateTime.class)
                .single())
        .isBetween(
            OffsetDateTime.now(ZoneOffset.UTC).plusHours(23),
            OffsetDateTime.now(ZoneOffset.UTC).plusHours(25));
  }

  @Test
  void has_no_room_at_a_provider_that_fails_until_its_pause_is_over() {
    Breakers breakers = new Breakers(new LlmSettings.Breaker(50, 1, Duration.ofSeconds(1)));
    breakers.failed("a", Duration.ZERO, new IllegalStateException());
    assertThat(breakers.wouldAllow("a")).isFalse();

    await().until(() -> breakers.wouldAllow("a"));

    assertThat(breakers.wouldAllow("a")).as("nobody has asked").isTrue();
    assertThat(breakers.allows("a")).isTrue();
    assertThat(breakers.wouldAllow("a")).as("one is on its way").isFalse();
  }

  private LlmBudget budget(Providers providers) {
    return new LlmBudget(providers, store.jdbc(), store.transactions(), store.turns());
  }

  private static Reservation reserve(LlmBudget budget, LlmWork work) {
    return Objects.requireNonNull(budget.reserve(work));
  }

  private static LlmWork work(Providers providers) throws Exception {
    return new LlmOffers(providers)
        .begin(new ObjectMapper().readTree("{\"messages\":[],\"max_tokens\":5}"));
  }

  private static Providers two() {
    return TestProviders.of(
        TestProviders.at("a", "http://127.0.0.1:1"), TestProviders.at("b", "http://127.0.0.1:1"));
  }

  private static Provider once(String name) {
    return TestProviders.with(
        name,
        "http://127.0.0.1:1",
        new Provider.Limits(1, 0, 0),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  private static LlmCall call(String outcome, boolean sent, long pause) {
    return new LlmCall(outcome, "a", "", sent, pause, null, null, Usage.NONE, BigDecimal.ZERO);
  }
}
