package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whose turn it is, on whichever database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // opened before all tests
abstract class TaskLineContract {
  private TestStore store;
  private WaitingTasks tasks;
  private TaskLine line;

  abstract TestStore open(Path data);

  @BeforeAll
  void open_the_database(@TempDir Path data) {
    store = open(data);
    tasks = new WaitingTasks(store);
    line = new TaskLine(store.jdbc(), store.transactions(), "60s");
  }

  @BeforeEach
  void begin_anew() {
    tasks.forget();
  }

  @AfterAll
  void close_the_database() {
    store.close();
  }

  @Test
  void there_are_two_places_for_each_worker_and_the_last_one_is_kept() {
    tasks.join("a", 0, 20);

    assertThat(line.next("llm", 4, "0", "")).hasSize(7);
    assertThat(line.next("llm", 4, "0", "")).isEmpty();
    assertThat(line.next("llm", 5, "0", "")).hasSize(2);
    assertThat(line.next("llm", 0, "0", "")).isEmpty();
  }

  @Test
  void the_last_place_is_for_a_task_that_overtakes_all_others_in_the_queue() {
    tasks.join("a", 0, 20);
    line.next("llm", 1, "0", "");
    String urgent = tasks.join("a", 10, 1).get(0);

    assertThat(line.next("llm", 1, "0", "")).containsExactly(urgent);
    tasks.join("a", 10, 1);
    assertThat(line.next("llm", 1, "0", "")).isEmpty();
  }

  @Test
  void a_place_is_free_when_its_task_is_over_and_not_before() {
    tasks.join("a", 0, 20);
    List<String> first = line.next("llm", 2, "0", "");
    assertThat(first).hasSize(3);

    tasks.begin(first.get(0));
    assertThat(line.next("llm", 2, "0", "")).isEmpty();

    tasks.end(first.get(0));
    assertThat(line.next("llm", 2, "0", "")).hasSize(1);
  }

  @Test
  void a_task_that_waits_for_its_next_attempt_has_no_place_until_it_is_back_in_the_queue() {
    tasks.join("a", 0, 20);
    List<String> first = line.next("llm", 2, "0", "");

    tasks.fail(first.get(0), "1 SECOND");
    tasks.fail(first.get(1), "1 HOUR");

    assertThat(line.next("llm", 2, "0", "")).hasSize(1);
  }

  @Test
  void a_task_that_waits_for_a_budget_has_its_place_also_when_it_is_called() {
    tasks.join("a", 0, 20);
    List<String> first = line.next("llm", 2, "0", "");

    tasks.lineUp(first.get(0));
    assertThat(line.next("llm", 2, "0", "")).isEmpty();

    tasks.call(first.get(0));
    assertThat(line.next("llm", 2, "0", "")).isEmpty();
  }

  @Test
  void the_last_place_is_not_kept_because_of_a_task_that_waits_for_a_budget() {
    tasks.lineUp(tasks.join("a", 5, 1).get(0));
    List<String> other = tasks.join("a", 0, 1);

    assertThat(line.next("llm", 1, "0", "")).isEqualTo(other);
  }

  @Test
  void the_highest_priority_comes_first_then_whoever_waits_longest() {
    List<String> low = tasks.join("a", 0, 2);
    List<String> high = tasks.join("a", 7, 2);

    assertThat(line.next("llm", 10, "0", ""))
        .containsExactly(high.get(0), high.get(1), low.get(0), low.get(1));
  }

  @Test
  void tenants_take_turns_however_many_tasks_one_of_them_has() {
    tasks.join("a", 0, 50);
    tasks.join("b", 0, 3);

    List<String> turns = tasks.tenants(line.next("llm", 5, "0", ""));

    assertThat(turns).containsExactly("a", "b", "a", "b", "a", "b", "a", "a", "a");
  }

  @Test
  void who_comes_later_goes_first_until_it_has_had_as_much() {
    tasks.join("a", 0, 50);
    line.next("llm", 3, "0", "").forEach(tasks::end);
    tasks.join("b", 0, 50);

    List<String> turns = tasks.tenants(line.next("llm", 6, "0", ""));

    assertThat(turns).startsWith("b", "b", "b", "a", "b");
  }

  @Test
  void a_tenant_has_as_many_turns_as_it_weighs() {
    tasks.join("a", 0, 50);
    tasks.join("b", 0, 50);
    tasks.join("", 0, 50);

    Map<String, Long> turns =
        tasks.tenants(line.next("llm", 25, "0", "b=3, =2")).stream()
            .collect(Collectors.groupingBy(tenant -> tenant, Collectors.counting()));

    assertThat(turns.get("b")).isBetween(23L, 25L);
    assertThat(turns.get("")).isBetween(15L, 17L);
    assertThat(turns.get("a")).isBetween(7L, 9L);
  }

  @Test
  void waiting_raises_the_priority_up_to_nine_when_it_is_to() {
    String old = tasks.join("a", 0, 1).get(0);
    tasks.joinedAgo(old, "1 HOUR");
    List<String> high = tasks.join("a", 8, 1);
    List<String> urgent = tasks.join("a", 10, 1);

    assertThat(line.next("llm", 10, "1m", "")).containsExactly(urgent.get(0), old, high.get(0));
    assertThat(tasks.sentPriority(old)).isEqualTo(9);
  }

  @Test
  void what_could_not_be_published_waits_again_and_what_a_worker_has_does_not() {
    List<String> joined = tasks.join("a", 0, 2);
    line.next("llm", 2, "0", "");
    tasks.begin(joined.get(0));

    joined.forEach(line::back);

    assertThat(line.next("llm", 2, "0", "")).containsExactly(joined.get(1));
  }

  @Test
  void what_is_cancelled_has_no_turn() {
    List<String> joined = tasks.join("a", 0, 3);
    tasks.cancel(joined.get(0));

    assertThat(line.next("llm", 10, "0", "")).containsExactly(joined.get(1), joined.get(2));
  }

  @Test
  void all_have_their_turn_when_nobody_has_to_wait_any_more() {
    List<String> low = tasks.join("a", 0, 3);
    List<String> high = tasks.join("b", 3, 1);

    assertThat(line.rest("llm", 2)).containsExactly(high.get(0), low.get(0));
    assertThat(line.rest("llm", 1000)).containsExactly(low.get(1), low.get(2));
    assertThat(line.rest("llm", 1000)).isEmpty();
  }

  @Test
  void a_tenant_is_forgotten_after_a_while_but_not_while_it_waits() {
    tasks.join("a", 0, 1);
    tasks.join("b", 0, 1).forEach(tasks::cancel);
    store.jdbc().sql("UPDATE task_tenant SET used_at = used_at - INTERVAL '2' HOUR").update();

    line.tidy("llm");
    assertThat(tasks.known()).containsExactly("a");

    store.jdbc().sql("DELETE FROM task_tenant").update(); // as a submit that crosses it sees
    line.tidy("llm");
    assertThat(line.next("llm", 1, "0", "")).hasSize(1);
  }
}
