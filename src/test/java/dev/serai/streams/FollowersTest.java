package dev.serai.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.serai.http.LiveAnswer.Caller;
import dev.serai.tasks.TaskAnswers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FollowersTest {
  @Test
  void there_are_too_many_until_one_goes_away() {
    Followers followers =
        new Followers(mock(TaskAnswers.class), mock(TaskPieces.class), Duration.ofMillis(10), 2);
    AtomicBoolean gone = new AtomicBoolean();
    Caller staying = silent(new AtomicBoolean());
    Caller leaving = silent(gone);

    followers.add(new OpenStream("t1", EventId.START, staying));
    assertThat(followers.areTooMany()).isFalse();
    followers.add(new OpenStream("t2", EventId.START, leaving));
    assertThat(followers.areTooMany()).isTrue();

    gone.set(true);
    await().until(() -> !followers.areTooMany());
    followers.destroy();
  }

  /** One whose connection takes nothing. */
  private static Caller silent(AtomicBoolean gone) {
    Caller caller = mock(Caller.class);
    when(caller.isGone()).thenAnswer(call -> gone.get());
    return caller;
  }
}
