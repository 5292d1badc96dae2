package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks whose message the broker had, and that no worker has begun, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class UnheardTasksContract {
  private TestStore store;
  private Submissions submissions;
  private Sweep sweep;
  private Tasks tasks;
  private RunningTasks running;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    Leases leases =
        new Leases(
            store.jdbc(), new TaskSettings(Duration.ofSeconds(30), Duration.ofSeconds(10), 3));
    Outcomes outcomes = new Outcomes(store.jdbc(), store.transactions());
    submissions = new Submissions(store.jdbc(), store.transactions());
    sweep = new Sweep(store.jdbc());
    running = new RunningTasks(leases);
    tasks =
        new Tasks(
            new Claims(store.jdbc(), store.transactions(), leases, outcomes), outcomes, running);
  }

  @AfterEach
  void close_the_database() {
    running.destroy();
    store.close();
  }

  @Test
  void they_are_found_once_by_their_type_when_they_have_waited_for_both_times() {
    String llm = confirmed("llm");
    String second = confirmed("llm");
    String other = confirmed("debate");
    List.of(llm, second, other).forEach(id -> ago(id, 100));

    assertThat(sweep.unheardTypes("30s", "80s")).isEmpty();
    assertThat(sweep.unheard("llm", "30s", "80s", 10)).isEmpty();
    assertThat(sweep.unheardTypes("30s", "60s")).containsExactlyInAnyOrder("llm", "debate");

    assertThat(sweep.unheard("llm", "30s", "60s", 1)).containsExactly(llm);
    assertThat(sweep.unheard("llm", "30s", "60s", 10)).containsExactly(second);
    assertThat(sweep.unheardTypes("30s", "60s")).containsExactly("debate");
  }

  @Test
  void a_failed_task_waits_for_its_next_attempt_first() {
    String id = confirmed("llm");
    ago(id, 100);
    Claim claim = tasks.begin(id, 0).orElseThrow();
    tasks.fail(claim, new IllegalStateException("busy"), "wait");

    assertThat(sweep.unheardTypes("30s", "60s")).isEmpty();
    ago(id, 100);

    assertThat(sweep.unheard("llm", "30s", "60s", 10)).containsExactly(id);
  }

  @Test
  void those_in_work_in_the_line_or_over_are_none_however_long_the_wait_is() throws Exception {
    String begun = confirmed("llm");
    String over = confirmed("llm");
    String inLine = submissions.join(task("llm"), JsonNodeFactory.instance.objectNode()).id();
    tasks.begin(begun, 0);
    new Cancellations(store.jdbc(), store.transactions(), running).cancel(over);
    List.of(begun, over, inLine).forEach(id -> ago(id, 10_000));

    assertThat(sweep.unheardTypes("30s", "60s")).isEmpty();
    assertThat(sweep.unheardTypes("24h", "365d")).isEmpty();
    assertThat(sweep.unheard("llm", "30s", "60s", 10)).isEmpty();
  }

  private String confirmed(String type) {
    String id = submissions.submit(task(type), JsonNodeFactory.instance.objectNode()).id();
    submissions.confirm(id);
    return id;
  }

  private static NewTask task(String type) {
    return new NewTask(type, 0, "", null, null, null, null, null);
  }

  private void ago(String id, int seconds) {
    store
        .jdbc()
        .sql(
            "UPDATE task SET published_at = published_at - CAST(? AS INTEGER) * INTERVAL '1' SECOND WHERE id = ?")
        .param(seconds)
        .param(id)
        .update();
  }
}
