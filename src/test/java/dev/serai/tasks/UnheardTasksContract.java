package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks whose message the broker had, and that no worker has begun, on whichever database. */
abstract class UnheardTasksContract extends StoredTasksContract {
  @Test
  void they_are_found_once_by_their_type_when_they_have_waited_for_both_times() {
    String llm = confirmed("llm");
    String second = confirmed("llm");
    String other = confirmed("debate");
    List.of(llm, second, other).forEach(id -> ago(id, 100));

    assertThat(stored.sweep().unheardTypes("30s", "80s")).isEmpty();
    assertThat(stored.sweep().unheard("llm", "30s", "80s", 10)).isEmpty();
    assertThat(stored.sweep().unheardTypes("30s", "60s"))
        .containsExactlyInAnyOrder("llm", "debate");

    assertThat(stored.sweep().unheard("llm", "30s", "60s", 1)).containsExactly(llm);
    assertThat(stored.sweep().unheard("llm", "30s", "60s", 10)).containsExactly(second);
    assertThat(stored.sweep().unheardTypes("30s", "60s")).containsExactly("debate");
  }

  @Test
  void a_failed_task_waits_for_its_next_attempt_first() {
    String id = confirmed("llm");
    ago(id, 100);
    stored.tasks().fail(begin(id), new IllegalStateException("busy"), "wait");

    assertThat(stored.sweep().unheardTypes("30s", "60s")).isEmpty();
    ago(id, 100);

    assertThat(stored.sweep().unheard("llm", "30s", "60s", 10)).containsExactly(id);
  }

  @Test
  void those_in_work_in_the_line_or_over_are_none_however_long_the_wait_is() throws Exception {
    String begun = confirmed("llm");
    String over = confirmed("llm");
    NewTask task = new NewTask("llm", 0, "", null, null, null, null, null);
    String inLine = stored.submissions().join(task, StoredTasks.REQUEST).id();
    begin(begun);
    stored.cancellations().cancel(over);
    List.of(begun, over, inLine).forEach(id -> ago(id, 10_000));

    assertThat(stored.sweep().unheardTypes("30s", "60s")).isEmpty();
    assertThat(stored.sweep().unheardTypes("24h", "365d")).isEmpty();
    assertThat(stored.sweep().unheard("llm", "30s", "60s", 10)).isEmpty();
  }

  private String confirmed(String type) {
    String id = submit(type);
    stored.submissions().confirm(id);
    return id;
  }

  private void ago(String id, int seconds) {
    stored
        .store()
        .jdbc()
        .sql(
            "UPDATE task SET published_at = published_at"
                + " - CAST(? AS INTEGER) * INTERVAL '1' SECOND WHERE id = ?")
        .param(seconds)
        .param(id)
        .update();
  }
}
