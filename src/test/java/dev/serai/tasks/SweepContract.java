package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.http.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nobody takes care of, on whichever database. */
abstract class SweepContract extends StoredTasksContract {
  @Test
  void a_task_whose_deadline_has_passed_never_starts() throws Exception {
    String begun = submit();
    String swept = submit();
    past("deadline", begun);
    past("deadline", swept);

    assertThat(stored.tasks().begin(begun, 0)).isEmpty();
    assertThat(stored.answers().find(begun).state()).isEqualTo("expired");
    assertThat(stored.sweep().expire()).isEqualTo(1);
    assertThat(stored.answers().find(swept).state()).isEqualTo("expired");
    assertThat(String.valueOf(stored.answers().find(swept).error())).contains("deadline");
  }

  @Test
  void what_nobody_takes_care_of_is_found_once() {
    String unconfirmed = submit();
    String lost = submit();
    String waiting = submit();
    String held = submit();
    stored.submissions().confirm(waiting);
    begin(lost);
    begin(held);
    past("lease_until", lost);

    assertThat(stored.sweep().orphans("1m", 10)).isEmpty();
    List.of(unconfirmed, lost, waiting, held).forEach(id -> past("published_at", id));

    assertThat(stored.sweep().orphans("1m", 10)).containsExactly(unconfirmed, lost);
    assertThat(stored.sweep().orphans("1m", 10)).isEmpty();
  }

  @Test
  void an_end_that_nobody_was_told_of_is_found_until_it_is() throws Exception {
    String id = submit();
    String other = submit();
    stored.cancellations().cancel(id);
    stored.submissions().confirm(other);

    assertThat(stored.sweep().untold("1m", 10)).isEmpty();
    past("ended_at", id);
    assertThat(stored.sweep().untold("1m", 10)).containsExactly(id);
    stored.sweep().told(other); // it is not over
    stored.sweep().told(id);

    assertThat(stored.sweep().untold("1m", 10)).isEmpty();
    stored.cancellations().cancel(other);
    past("ended_at", other);
    assertThat(stored.sweep().untold("1m", 10)).containsExactly(other);
  }

  @Test
  void what_ended_long_ago_is_forgotten() throws Exception {
    String old = submit();
    String untold = submit();
    begin(old);
    stored.cancellations().cancel(untold);
    stored.tasks().succeed(begin(submit()), 1);
    stored
        .store()
        .jdbc()
        .sql("UPDATE task SET state = 'succeeded' WHERE id = ?")
        .param(old)
        .update();
    stored
        .store()
        .jdbc()
        .sql("UPDATE task SET ended_at = TIMESTAMP '2020-01-01 00:00:00' WHERE id IN (?, ?)")
        .param(old)
        .param(untold)
        .update();
    stored.sweep().told(old);

    assertThat(stored.sweep().forget("7d", 1)).isTrue();
    assertThat(stored.sweep().forget("7d", 1)).isFalse();
    assertThatThrownBy(() -> stored.answers().find(old)).isInstanceOf(ProblemException.class);
    assertThat(stored.answers().find(untold).state()).isEqualTo("cancelled");
  }
}
