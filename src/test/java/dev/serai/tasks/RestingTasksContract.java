package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks in work that no worker holds, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class RestingTasksContract {
  private static final int MOST_STARTS = 3;

  private TestStore store;
  private Submissions submissions;
  private RunningTasks running;
  private Tasks tasks;
  private RestingTasks resting;
  private Cancellations cancellations;
  private TaskAnswers answers;
  private Sweep sweep;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    Duration lease = Duration.ofSeconds(30);
    Leases leases =
        new Leases(store.jdbc(), new TaskSettings(lease, Duration.ofSeconds(10), MOST_STARTS));
    Outcomes outcomes = new Outcomes(store.jdbc(), store.transactions());
    submissions = new Submissions(store.jdbc(), store.transactions());
    running = new RunningTasks(leases);
    tasks =
        new Tasks(
            new Claims(store.jdbc(), store.transactions(), leases, outcomes), outcomes, running);
    resting = new RestingTasks(outcomes, running);
    cancellations = new Cancellations(store.jdbc(), store.transactions(), running);
    answers = new TaskAnswers(store.jdbc());
    sweep = new Sweep(store.jdbc());
  }

  @AfterEach
  void close_the_database() {
    running.destroy();
    store.close();
  }

  @Test
  void a_task_that_rests_is_running_and_its_message_wakes_it() throws Exception {
    String id = submit();
    Claim first = begin(id);

    resting.rest(first);

    assertThat(answers.find(id).state()).isEqualTo("running");
    Claim second = begin(id);
    assertThat(second.token()).isGreaterThan(first.token());
    assertThat(tasks.begin(id, 0)).as("it is held").isEmpty();
    assertThat(tasks.succeed(second, 1)).isEqualTo("succeeded");
    assertThat(answers.find(id).attempts())
        .extracting(Task.Attempt::outcome)
        .containsExactly("rested", "succeeded");
  }

  @Test
  void who_let_it_rest_changes_nothing_afterwards() throws Exception {
    String id = submit();
    Claim first = begin(id);
    resting.rest(first);

    Claim second = begin(id);

    assertThat(tasks.succeed(first, 1)).isEqualTo("lost");
    assertThatThrownBy(() -> resting.rest(first)).isInstanceOf(TaskStoppedException.class);
    assertThat(tasks.succeed(second, 2)).isEqualTo("succeeded");
    assertThat(answers.result(id)).hasToString("2");
  }

  @Test
  void its_progress_is_noted_only_while_it_rests() throws Exception {
    String id = submit();
    Claim claim = begin(id);

    assertThat(resting.note(id, 1)).isFalse();
    resting.rest(claim);

    assertThat(resting.note(id, List.of(2))).isTrue();
    assertThat(answers.find(id).progress()).hasToString("[2]");
  }

  @Test
  void it_is_nobodys_orphan() {
    String id = submit();
    resting.rest(begin(id));
    store
        .jdbc()
        .sql("UPDATE task SET published_at = CURRENT_TIMESTAMP - INTERVAL '1' HOUR")
        .update();

    assertThat(sweep.orphans("1m", 10)).isEmpty();
  }

  @Test
  void who_cancels_it_need_not_wait() throws Exception {
    String id = submit();
    resting.rest(begin(id));

    assertThat(cancellations.cancel(id)).isEqualTo("cancelled");

    assertThat(answers.find(id).state()).isEqualTo("cancelled");
    assertThat(tasks.begin(id, 0)).isEmpty();
  }

  @Test
  void one_that_was_cancelled_meanwhile_does_not_rest() throws Exception {
    String id = submit();
    Claim claim = begin(id);
    cancellations.cancel(id);

    assertThatThrownBy(() -> resting.rest(claim)).isInstanceOf(TaskStoppedException.class);

    assertThat(tasks.fail(claim, new TaskStoppedException(), "wait")).isEqualTo("cancelled");
  }

  @Test
  void it_expires_as_others_do() throws Exception {
    String swept = submit();
    String begun = submit();
    resting.rest(begin(swept));
    resting.rest(begin(begun));
    store.jdbc().sql("UPDATE task SET deadline = CURRENT_TIMESTAMP - INTERVAL '1' SECOND").update();

    assertThat(tasks.begin(begun, 0)).isEmpty();
    assertThat(answers.find(begun).state()).isEqualTo("expired");
    assertThat(sweep.expire()).isEqualTo(1);
    assertThat(answers.find(swept).state()).isEqualTo("expired");
  }

  @Test
  void rests_are_no_failed_starts() throws Exception {
    String id = submit();
    for (int i = 0; i < 2 * MOST_STARTS; i++) {
      resting.rest(begin(id));
    }
    for (int i = 0; i < MOST_STARTS; i++) {
      begin(id);
      store
          .jdbc()
          .sql("UPDATE task SET lease_until = CURRENT_TIMESTAMP - INTERVAL '1' SECOND")
          .update();
    }

    assertThatThrownBy(() -> tasks.begin(id, 0)).hasMessageContaining("workers-lost");
    assertThat(answers.find(id).state()).isEqualTo("failed");
  }

  private String submit() {
    NewTask task = new NewTask("debate", 0, "", null, null, null, null, null);
    return submissions.submit(task, JsonNodeFactory.instance.objectNode()).id();
  }

  private Claim begin(String id) {
    return tasks.begin(id, 0).orElseThrow();
  }
}
