package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.spy;

import dev.serai.store.TestStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task that is cancelled while its worker says that it has failed, on whichever database. */
abstract class LateCancelContract extends StoredTasksContract {
  @ParameterizedTest
  @CsvSource({"wait", "park"})
  void it_is_cancelled_whether_or_not_there_would_be_another_attempt(String next) throws Exception {
    Claim claim = begin(submit());

    String state = cancelledInBetween().fail(claim, new IllegalStateException("busy"), next);

    assertThat(state).isEqualTo("cancelled");
    Task ended = stored.answers().find(claim.id());
    assertThat(ended.state()).isEqualTo("cancelled");
    assertThat(ended.attempts().get(0).outcome()).isEqualTo("cancelled");
  }

  /** By somebody else, after the worker has looked whether somebody has. */
  private Tasks cancelledInBetween() {
    TestStore store = stored.store();
    Outcomes outcomes = spy(new Outcomes(store.jdbc(), store.transactions()));
    doAnswer(
            call -> {
              stored.cancellations().cancel(call.getArgument(0, Claim.class).id());
              return call.callRealMethod();
            })
        .when(outcomes)
        .expire(any());
    return new Tasks(stored.claims(), outcomes, stored.running());
  }
}
