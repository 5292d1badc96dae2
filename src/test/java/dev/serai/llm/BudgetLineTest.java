package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.store.TestStore;
import dev.serai.tasks.StoredTasks;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // opened before each test
class BudgetLineTest {
  private TestStore store;
  private StoredTasks tasks;
  private LlmBudget budget;
  private BudgetLine line;

  @BeforeEach
  void open(@TempDir Path data) {
    store = TestStore.onH2(data);
    tasks = new StoredTasks(store);
    budget =
        new LlmBudget(
            TestProviders.of(
                limited("free", 0, 0, 0),
                limited("rare", 3, 0, 0),
                limited("dear", 0, 250, 0),
                limited("narrow", 0, 0, 2)),
            store.jdbc(),
            store.transactions(),
            store.turns());
    line = new BudgetLine(tasks.lined(), budget);
  }

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void as_many_are_called_as_a_provider_has_room_for() {
    waiting("rare", 4, 0, 100);
    waiting("dear", 4, 0, 100);
    waiting("narrow", 4, 0, 100);
    waiting("free", 4, 0, 100);

    assertThat(line.next(3))
        .containsExactlyInAnyOrder(
            "rare 0",
            "rare 1",
            "rare 2",
            "dear 0",
            "dear 1",
            "narrow 0",
            "narrow 1",
            "free 0",
            "free 1",
            "free 2");
    assertThat(line.next(3)).as("while they are on their way").isEmpty();
  }

  @Test
  void of_several_lines_for_a_provider_the_most_urgent_is_called() {
    waiting("narrow", 1, 3, 100);
    waiting("narrow,rare", 5, 4, 100);
    waiting("rare", 1, 5, 100);

    assertThat(line.next(9))
        .containsExactly(
            "rare 0", "narrow,rare 0", "narrow,rare 1", "narrow,rare 2", "narrow,rare 3");
  }

  @Test
  void who_needs_more_than_is_left_is_not_called_in_vain_nor_overtaken() {
    Reservation other = budget.budgets().reserve(limited("dear", 0, 250, 0), 100).orElseThrow();
    waiting("dear", 1, 1, 200);
    waiting("dear,narrow", 1, 0, 10);
    store.jdbc().sql("UPDATE task SET line = 'dear'").update();

    assertThat(line.next(9)).isEmpty();

    budget.budgets().release(other);
    assertThat(line.next(9)).containsExactly("dear 0", "dear,narrow 0");
  }

  @Test
  void who_waits_for_a_provider_that_is_gone_or_takes_less_now_is_to_be_told() {
    waiting("gone", 1, 0, 100);
    waiting("dear", 2, 0, 300);

    assertThat(line.next(9)).containsExactly("dear 0", "gone 0");
  }

  @Test
  void nobody_is_called_for_a_provider_that_wants_to_be_left_alone() {
    waiting("free", 1, 0, 100);
    budget.budgets().close("free", Duration.ofHours(1));

    assertThat(line.next(9)).isEmpty();
  }

  private static Provider limited(String name, int requests, int tokens, int concurrency) {
    return TestProviders.with(
        name,
        "http://127.0.0.1:1",
        new Provider.Limits(requests, tokens, concurrency),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  /** Tasks in a line; the id of each is its name and a number. */
  private void waiting(String name, int number, int priority, long tokens) {
    for (int i = 0; i < number; i++) {
      store
          .jdbc()
          .sql(
              "INSERT INTO task (id, type, state, priority, tenant, request, request_hash, token,"
                  + " cancel_asked, confirmed, announced, replays, waits_in, line, lined_at,"
                  + " lined_tokens, created_at, published_at) VALUES (?, 'llm', 'queued', ?, '', '{}',"
                  + " '', 1, FALSE, TRUE, FALSE, 0, 'line', ?, TIMESTAMP '2026-01-01 00:00:00', ?,"
                  + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
          .param(name + " " + i)
          .param(priority)
          .param(name)
          .param(tokens)
          .update();
    }
  }
}
