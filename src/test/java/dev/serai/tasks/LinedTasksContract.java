package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Tasks that wait in lines, on whichever database. */
abstract class LinedTasksContract extends StoredTasksContract {
  @Test
  void a_task_in_a_line_is_queued_and_no_worker_has_it() throws Exception {
    String id = submit(0);
    Claim claim = begin(id);

    stored.lined().join(claim, "a", 1);

    assertThat(stored.answers().find(id).state()).isEqualTo("queued");
    assertThat(stored.answers().find(id).attempts())
        .extracting(Task.Attempt::outcome)
        .containsExactly("waited");
    assertThat(stored.lined().lines()).containsExactly("a");
    assertThatThrownBy(() -> stored.lined().join(claim, "a", 1))
        .isInstanceOf(TaskStoppedException.class);
  }

  @Test
  void the_most_urgent_is_called_first_and_then_who_has_waited_longest() {
    String first = joined(0);
    String second = joined(0);
    String urgent = joined(10);

    assertThat(call("a", 2)).containsExactly(urgent, first);
    assertThat(stored.lined().called("a")).hasSize(2);
    assertThat(call("a", 5)).containsExactly(second);
    assertThat(stored.lined().lines()).isEmpty();
  }

  @Test
  void who_is_called_goes_before_those_that_came_later() {
    String usual = joined(3);
    String urgent = joined(10);
    call("a", 2);

    assertThat(message(usual).priority()).isEqualTo(4);
    assertThat(message(urgent).priority()).isEqualTo(10);

    stored.lined().join(begin(usual), "a", 1);
    call("a", 1);
    assertThat(message(usual).priority()).as("called again").isEqualTo(4);
  }

  @Test
  void who_is_called_in_vain_by_a_lost_message_keeps_nobody_waiting() {
    String lost = joined(0);
    call("a", 1);
    assertThat(stored.lined().called("a")).hasSize(1);

    past("published_at", lost);

    assertThat(stored.lined().called("a")).isEmpty();
  }

  @Test
  void who_is_called_is_not_taken_back_because_its_first_message_was_not_confirmed()
      throws Exception {
    String id = joined(0);
    call("a", 1);

    stored.submissions().withdraw(new DefaultExchange(new DefaultCamelContext()), id);

    assertThat(stored.answers().find(id).state()).isEqualTo("queued");
  }

  @Test
  void who_was_called_in_vain_has_its_place_again() {
    String first = joined(0);
    String second = joined(0);
    assertThat(call("a", 1)).containsExactly(first);

    stored.lined().join(begin(first), "a", 1);

    assertThat(stored.lined().called("a")).isEmpty();
    assertThat(call("a", 2)).containsExactly(first, second);
  }

  @Test
  void only_who_has_not_waited_yet_goes_behind_those_that_are_as_urgent() {
    String waiting = joined(5);

    assertThat(stored.lined().isOther(begin(submit(5)), "a")).isTrue();
    assertThat(stored.lined().isOther(begin(submit(6)), "a")).isFalse();
    assertThat(stored.lined().isOther(begin(submit(5)), "a,b")).isFalse();
    joined(10);
    assertThat(stored.lined().isOther(begin(waiting), "a")).isFalse();
  }

  @Test
  void several_processes_call_each_once() throws Exception {
    List<String> waiting = IntStream.range(0, 20).mapToObj(i -> joined(0)).toList();
    ExecutorService processes = Executors.newFixedThreadPool(4);

    List<String> called = new ArrayList<>();
    Callable<List<String>> process = () -> call("a", 10);
    for (Future<List<String>> each : processes.invokeAll(Collections.nCopies(8, process))) {
      called.addAll(each.get());
    }
    processes.shutdown();
    called.addAll(call("a", 20));

    assertThat(called).containsExactlyInAnyOrderElementsOf(waiting);
  }

  @Test
  void waiting_again_and_again_is_no_failure() {
    String id = submit(0);
    for (int i = 0; i < 50; i++) {
      stored.lined().join(begin(id), "a", 1);
      assertThat(call("a", 1)).containsExactly(id);
    }

    assertThat(stored.tasks().succeed(begin(id), 1)).isEqualTo("succeeded");
  }

  @Test
  void attempts_that_failed_before_a_wait_count() {
    String id = submit(0);
    for (int i = 0; i < StoredTasks.MOST_RETRIES; i++) {
      assertThat(failWithAnotherAttempt(id)).isEqualTo("queued");
      stored.lined().join(begin(id), "a", 1);
      call("a", 1); // by a message that knows of no attempt
    }

    assertThat(failWithAnotherAttempt(id)).isEqualTo("failed");
  }

  @Test
  void workers_that_died_before_a_wait_count() throws Exception {
    String id = submit(0);
    for (int i = 1; i < StoredTasks.MOST_STARTS; i++) {
      die(begin(id));
      stored.lined().join(begin(id), "a", 1);
      call("a", 1);
    }
    die(begin(id));

    assertThatThrownBy(() -> stored.tasks().begin(id, 0)).hasMessageContaining("workers-lost");
  }

  @Test
  void whose_call_was_not_published_is_an_orphan() {
    String id = joined(0);
    assertThat(stored.sweep().orphans("0s", 10)).isEmpty();
    call("a", 1);
    past("published_at", id);

    assertThat(stored.sweep().orphans("30s", 10)).containsExactly(id);
  }

  @Test
  void a_task_that_fails_waits_in_no_line_any_more() {
    String id = joined(0);
    call("a", 1);

    stored.tasks().fail(begin(id), new IllegalStateException("no"), "wait");

    assertThat(stored.lined().called("a")).isEmpty();
    joined(0);
    assertThat(stored.lined().isOther(begin(id), "a")).isTrue();
  }

  @Test
  void it_is_cancelled_and_expires_at_once() throws Exception {
    String cancelled = joined(0);
    String expired = joined(0);
    past("deadline", expired);

    assertThat(stored.cancellations().cancel(cancelled)).isEqualTo("cancelled");
    assertThat(stored.sweep().expire()).isOne();

    assertThat(stored.lined().lines()).isEmpty();
    assertThat(stored.answers().find(expired).state()).isEqualTo("expired");
  }

  private String failWithAnotherAttempt(String id) {
    return stored.tasks().fail(begin(id), new IllegalStateException("no"), "wait");
  }

  private List<String> call(String line, int most) {
    return stored.lined().first(line, most).stream()
        .map(Lined::id)
        .filter(stored.lined()::call)
        .toList();
  }

  private TaskMessage message(String id) {
    return Objects.requireNonNull(stored.submissions().message(id));
  }

  private void die(Claim claim) {
    past("lease_until", claim.id());
  }

  private String joined(int priority) {
    String id = submit(priority);
    stored.lined().join(begin(id), "a", 1);
    return id;
  }

  private String submit(int priority) {
    NewTask task = new NewTask("llm", priority, "", null, null, null, null, null);
    return stored.submissions().submit(task, StoredTasks.REQUEST).id();
  }
}
