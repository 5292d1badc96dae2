package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.delivery.PoisonMessageException;
import dev.serai.http.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How attempts of tasks end, on whichever database. */
abstract class TaskAttemptsContract extends StoredTasksContract {
  @Test
  void a_task_is_begun_noted_and_ended_with_its_result() throws Exception {
    String id = submit();

    Claim claim = begin(id);
    boolean noted = stored.tasks().progress(claim, List.of(1, 2));
    String state = stored.tasks().succeed(claim, "{\"answer\": 42}");

    assertThat(noted).isTrue();
    assertThat(state).isEqualTo("succeeded");
    Task task = stored.answers().find(id);
    assertThat(task.state()).isEqualTo("succeeded");
    assertThat(task.progress()).hasToString("[1,2]");
    assertThat(stored.answers().result(id)).hasToString("{\"answer\":42}");
    assertThat(task.ended()).isNotNull();
    assertThat(task.attempts()).hasSize(1);
    assertThat(task.attempts().get(0).outcome()).isEqualTo("succeeded");
    assertThat(stored.tasks().begin(id, 0)).isEmpty();
  }

  @Test
  void a_failed_attempt_lets_it_wait_and_the_last_ends_it() throws Exception {
    String id = submit();

    String first = stored.tasks().fail(begin(id), new IllegalStateException("busy"), "wait");
    assertThat(first).isEqualTo("queued");
    assertThat(stored.answers().find(id).state()).isEqualTo("queued");

    String last =
        stored.tasks().fail(begin(id), new IllegalStateException("still\u0000 busy"), "park");

    assertThat(last).isEqualTo("failed");
    Task task = stored.answers().find(id);
    assertThat(task.state()).isEqualTo("failed");
    assertThat(String.valueOf(task.error())).contains("\"attempts-used-up\"", "\"still busy\"");
    assertThat(task.attempts()).extracting(Task.Attempt::number).containsExactly(1L, 2L);
    assertThat(task.attempts())
        .extracting(Task.Attempt::error)
        .containsExactly("busy", "still busy");
    assertThatThrownBy(() -> stored.answers().result(id)).hasMessageContaining("failed");
  }

  @Test
  void what_fails_at_once_says_so() throws Exception {
    String id = submit();

    stored.tasks().fail(begin(id), new PoisonMessageException("no such route"), "park");

    assertThat(String.valueOf(stored.answers().find(id).error()))
        .contains("not-possible", "no such route");
  }

  @Test
  void a_cancelled_task_never_starts() throws Exception {
    String id = submit();

    String cancelled = stored.cancellations().cancel(id);

    assertThat(cancelled).isEqualTo("cancelled");
    assertThat(stored.answers().find(id).state()).isEqualTo("cancelled");
    assertThat(stored.tasks().begin(id, 0)).isEmpty();
    assertThatThrownBy(() -> stored.cancellations().cancel(id))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("already cancelled");
  }

  @Test
  void a_failed_task_begins_again_once_for_each_replay() {
    String id = submit();
    stored.tasks().fail(begin(id), new IllegalStateException("x"), "park");
    stored.sweep().told(id);

    Optional<Claim> replayed = stored.tasks().begin(id, 1);
    assertThat(replayed).isPresent();
    stored.tasks().fail(replayed.orElseThrow(), new IllegalStateException("x"), "park");
    stored.sweep().told(id);
    parks(id, 1);
    assertThat(stored.tasks().begin(id, 2)).isPresent();
  }

  @Test
  void the_message_of_a_failed_task_is_parked_also_when_its_end_was_told_before_that_worked() {
    String id = submit();
    stored.tasks().fail(begin(id), new IllegalStateException("x"), "park");
    parks(id, 0);

    stored.sweep().told(id);

    parks(id, 0);
  }

  @Test
  void a_task_that_fails_and_comes_back_without_its_wait_is_given_up_in_the_end() throws Exception {
    String id = submit();
    int tries = 1 + StoredTasks.MOST_RETRIES + StoredTasks.MOST_STARTS;
    for (int i = 0; i < tries; i++) {
      stored.tasks().fail(begin(id), new IllegalStateException("busy"), "wait");
    }

    parks(id, 0); // the wait queue is full: its count of attempts never grows

    Task task = stored.answers().find(id);
    assertThat(task.state()).isEqualTo("failed");
    assertThat(String.valueOf(task.error())).contains("attempts-used-up", "wait queue");
    assertThat(task.attempts()).hasSize(tries);
    stored.sweep().told(id);
    Claim replayed = stored.tasks().begin(id, 1).orElseThrow();
    stored.tasks().fail(replayed, new IllegalStateException("busy"), "wait");
    assertThat(stored.tasks().begin(id, 1)).isPresent();
  }

  private void parks(String id, int replays) {
    assertThatThrownBy(() -> stored.tasks().begin(id, replays))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageStartingWith("The task has failed: ");
  }

  @Test
  void a_result_that_nobody_could_carry_is_refused() {
    Claim claim = begin(submit());

    assertThatThrownBy(() -> stored.tasks().succeed(claim, "x".repeat(9 << 20)))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("bad-result: the result has 9437186 bytes");

    assertThat(stored.tasks().succeed(claim, "x".repeat(7 << 20))).isEqualTo("succeeded");
  }
}
