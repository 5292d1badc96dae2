package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks in work that no worker holds, on whichever database. */
abstract class RestingTasksContract extends StoredTasksContract {
  @Test
  void a_task_that_rests_is_running_and_its_message_wakes_it() throws Exception {
    String id = submit("debate");
    Claim first = begin(id);

    stored.resting().rest(first);

    assertThat(stored.answers().find(id).state()).isEqualTo("running");
    Claim second = begin(id);
    assertThat(second.token()).isGreaterThan(first.token());
    assertThat(stored.tasks().begin(id, 0)).as("it is held").isEmpty();
    assertThat(stored.tasks().succeed(second, 1)).isEqualTo("succeeded");
    assertThat(stored.answers().find(id).attempts())
        .extracting(Task.Attempt::outcome)
        .containsExactly("rested", "succeeded");
  }

  @Test
  void who_let_it_rest_changes_nothing_afterwards() throws Exception {
    String id = submit("debate");
    Claim first = begin(id);
    stored.resting().rest(first);

    Claim second = begin(id);

    assertThat(stored.tasks().succeed(first, 1)).isEqualTo("lost");
    assertThatThrownBy(() -> stored.resting().rest(first)).isInstanceOf(TaskStoppedException.class);
    assertThat(stored.tasks().succeed(second, 2)).isEqualTo("succeeded");
    assertThat(stored.answers().result(id)).hasToString("2");
  }

  @Test
  void its_progress_is_noted_only_while_it_rests() throws Exception {
    String id = submit("debate");
    Claim claim = begin(id);

    assertThat(stored.resting().note(id, () -> 1)).isFalse();
    stored.resting().rest(claim);

    assertThat(stored.resting().note(id, () -> List.of(2))).isTrue();
    assertThat(stored.answers().find(id).progress()).hasToString("[2]");
  }

  @Test
  void the_latest_look_at_its_progress_stays() throws Exception {
    String id = submit("debate");
    stored.resting().rest(begin(id));
    AtomicInteger done = new AtomicInteger();
    ExecutorService processes = Executors.newFixedThreadPool(4);

    List<Callable<Boolean>> each =
        Collections.nCopies(
            40,
            () -> {
              done.incrementAndGet();
              return stored.resting().note(id, done::get);
            });
    for (Future<Boolean> noted : processes.invokeAll(each)) {
      assertThat(noted.get()).isTrue();
    }
    processes.shutdown();

    assertThat(stored.answers().find(id).progress()).hasToString("40");
  }

  @Test
  void it_is_nobodys_orphan() {
    String id = submit("debate");
    stored.resting().rest(begin(id));
    stored
        .store()
        .jdbc()
        .sql("UPDATE task SET published_at = CURRENT_TIMESTAMP - INTERVAL '1' HOUR")
        .update();

    assertThat(stored.sweep().orphans("1m", 10)).isEmpty();
  }

  @Test
  void who_cancels_it_need_not_wait() throws Exception {
    String id = submit("debate");
    stored.resting().rest(begin(id));

    assertThat(stored.cancellations().cancel(id)).isEqualTo("cancelled");

    assertThat(stored.answers().find(id).state()).isEqualTo("cancelled");
    assertThat(stored.tasks().begin(id, 0)).isEmpty();
  }

  @Test
  void one_that_was_cancelled_meanwhile_does_not_rest() throws Exception {
    String id = submit("debate");
    Claim claim = begin(id);
    stored.cancellations().cancel(id);

    assertThatThrownBy(() -> stored.resting().rest(claim)).isInstanceOf(TaskStoppedException.class);

    assertThat(stored.tasks().fail(claim, new TaskStoppedException(), "wait"))
        .isEqualTo("cancelled");
  }

  @Test
  void it_expires_as_others_do() throws Exception {
    String swept = submit("debate");
    String begun = submit("debate");
    stored.resting().rest(begin(swept));
    stored.resting().rest(begin(begun));
    stored
        .store()
        .jdbc()
        .sql("UPDATE task SET deadline = CURRENT_TIMESTAMP - INTERVAL '1' SECOND")
        .update();

    assertThat(stored.tasks().begin(begun, 0)).isEmpty();
    assertThat(stored.answers().find(begun).state()).isEqualTo("expired");
    assertThat(stored.sweep().expire()).isEqualTo(1);
    assertThat(stored.answers().find(swept).state()).isEqualTo("expired");
  }

  @Test
  void a_step_has_its_starts_anew_however_often_those_before_it_have_failed() {
    String id = submit("debate");
    int tries = 1 + StoredTasks.MOST_RETRIES + StoredTasks.MOST_STARTS;
    for (int step = 0; step < 3; step++) {
      for (int i = 1; i < tries; i++) {
        stored.tasks().fail(begin(id), new IllegalStateException("busy"), "wait");
      }
      stored.resting().rest(begin(id));
    }

    assertThat(stored.tasks().begin(id, 0)).isPresent();
  }

  @Test
  void rests_are_no_failed_starts() throws Exception {
    String id = submit("debate");
    for (int i = 0; i < 2 * StoredTasks.MOST_STARTS; i++) {
      stored.resting().rest(begin(id));
    }
    for (int i = 0; i < StoredTasks.MOST_STARTS; i++) {
      begin(id);
      stored
          .store()
          .jdbc()
          .sql("UPDATE task SET lease_until = CURRENT_TIMESTAMP - INTERVAL '1' SECOND")
          .update();
    }

    assertThatThrownBy(() -> stored.tasks().begin(id, 0)).hasMessageContaining("workers-lost");
    assertThat(stored.answers().find(id).state()).isEqualTo("failed");
  }
}
