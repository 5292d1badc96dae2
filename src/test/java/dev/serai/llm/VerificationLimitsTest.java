package dev.serai.llm;

import static dev.serai.llm.ChatServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.when;

import dev.serai.tasks.Stop;
import dev.serai.tasks.TaskStoppedException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What keeps a verification from asking, and what does not. */
class VerificationLimitsTest extends VerifiedFixture {
  @Test
  void one_without_a_budget_is_not_asked() {
    provider.server().replies(answer("OK"));
    Provider one = provider.provider(1); // in any minute
    provider.verify(one);

    VerificationReport report = provider.verify(one, "100ms");

    assertThat(report.reasons())
        .containsExactly("completion: no-budget: its limits allowed no call in time");
    assertThat(provider.server().requests()).hasSize(1);
  }

  @Test
  void one_that_the_breaker_keeps_others_from_can_be_verified() {
    provider.server().replies(answer("OK"));
    Verification verification = provider.verification(provider.provider(0));
    for (int i = 0; i < 2; i++) {
      provider.breakers().failed("p", Duration.ZERO, new IllegalStateException());
    }
    assertThat(provider.breakers().allows("p")).isFalse();

    assertThat(provider.verify(verification, "1s").healthy()).isTrue();

    assertThat(provider.breakers().allows("p")).isFalse();
  }

  @Test
  void a_task_that_has_to_stop_closes_the_call() {
    provider.server().lists(provider.server().silence());
    doAnswer(
            call -> {
              call.<Runnable>getArgument(1).run();
              return null;
            })
        .when(provider.running())
        .onInterrupt(any(), any());
    Verification verification = provider.verification(provider.provider(0));
    LlmWork work = provider.work("p");

    assertThatThrownBy(() -> verification.models(provider.task(), work, "1m"))
        .isInstanceOf(TaskStoppedException.class);
  }

  @Test
  void one_that_has_to_stop_does_not_wait_for_a_budget() {
    provider.server().replies(answer("OK"));
    Provider one = provider.provider(1);
    provider.verify(one);
    Verification verification = provider.verification(one);
    LlmWork work = provider.work("p");
    when(provider.running().asked(any())).thenReturn(Optional.of(Stop.CANCELLED));

    assertThatThrownBy(() -> verification.reserve(provider.task(), work, "1m"))
        .isInstanceOf(TaskStoppedException.class);
  }
}
