package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.http.ProblemException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Many tasks that are over, and those that are gone, on whichever database. */
@ExtendWith(OutputCaptureExtension.class)
abstract class EndedTasksContract extends StoredTasksContract {
  /** Says how a statement is carried out, from now on. */
  abstract String explained(String statement);

  @Test
  void they_are_forgotten_a_few_at_a_time_the_oldest_first() throws Exception {
    List<String> ids = IntStream.range(0, 3).mapToObj(i -> submit()).toList();
    for (String id : ids) {
      stored.cancellations().cancel(id);
      stored.sweep().told(id);
      past("ended_at", id);
    }
    String latest = ids.get(0);
    stored
        .store()
        .jdbc()
        .sql("UPDATE task SET ended_at = TIMESTAMP '2021-01-01 00:00:00' WHERE id = ?")
        .param(latest)
        .update();

    assertThat(stored.sweep().forget("7d", 2)).isTrue();
    assertThat(stored.answers().find(latest).state()).isEqualTo("cancelled");
    assertThat(stored.sweep().forget("7d", 2)).isFalse();
    assertThatThrownBy(() -> stored.answers().find(latest)).isInstanceOf(ProblemException.class);
  }

  @Test
  void whoever_looks_for_untold_ends_does_not_read_all_that_are_kept() {
    String id = submit();
    stored
        .store()
        .batches()
        .batchUpdate(
            "INSERT INTO task (id, type, state, priority, tenant, request, request_hash, token,"
                + " cancel_asked, confirmed, announced, replays, created_at, published_at, ended_at)"
                + " SELECT ?, type, 'succeeded', 0, tenant, request, request_hash, 1, FALSE, TRUE,"
                + " TRUE, 0, created_at, created_at, created_at FROM task WHERE id = ?",
            IntStream.range(0, 2000).mapToObj(i -> new Object[] {"t" + i, id}).toList());

    String plan = explained(Sweep.UNTOLD.replaceFirst("\\?", "10000").replaceFirst("\\?", "1000"));

    assertThat(plan).containsIgnoringCase("task_by_end");
  }

  @Test
  void the_message_of_one_that_is_in_no_store_is_reported(CapturedOutput log) throws Exception {
    String over = submit();
    stored.cancellations().cancel(over);

    assertThat(stored.tasks().begin(over, 0)).isEmpty();
    assertThat(log).doesNotContain("task-not-in-store");
    assertThat(stored.tasks().begin("0190-none", 0)).isEmpty();

    assertThat(log).contains("task-not-in-store: 0190-none ", "SERAI_DB_URL");
  }
}
