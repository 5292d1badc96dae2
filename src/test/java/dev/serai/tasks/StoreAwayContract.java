package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import dev.serai.store.TestStore;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** A worker whose database is away when it has a result, on whichever database. */
abstract class StoreAwayContract extends StoredTasksContract {
  @Test
  void it_still_has_the_task_and_can_end_it_later() throws Exception {
    Tasks tasks = awayOnce();
    Claim claim = begin(submit());

    assertThatThrownBy(() -> tasks.succeed(claim, 1)).hasMessage("away");

    assertThat(stored.running().asked(claim)).isEmpty();
    assertThat(tasks.succeed(claim, 1)).isEqualTo("succeeded");
    assertThat(stored.running().asked(claim)).hasValue(Stop.LOST);
    assertThat(stored.answers().result(claim.id())).hasToString("1");
  }

  @Test
  void it_can_give_the_attempt_up() throws Exception {
    Tasks tasks = awayOnce();
    Claim claim = begin(submit());
    assertThatThrownBy(() -> tasks.succeed(claim, 1)).hasMessage("away");

    String state = tasks.fail(claim, new IllegalStateException("away"), "wait");

    assertThat(state).isEqualTo("queued");
    assertThat(stored.running().asked(claim)).hasValue(Stop.LOST);
  }

  private Tasks awayOnce() {
    TestStore store = stored.store();
    Outcomes outcomes = spy(new Outcomes(store.jdbc(), store.transactions()));
    doThrow(new DataAccessResourceFailureException("away"))
        .doCallRealMethod()
        .when(outcomes)
        .succeed(any(), any());
    return new Tasks(stored.claims(), outcomes, stored.running());
  }
}
