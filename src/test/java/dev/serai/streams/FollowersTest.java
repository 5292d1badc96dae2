package dev.serai.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import dev.serai.http.LiveAnswer.Caller;
import dev.serai.tasks.TaskAnswers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FollowersTest {
  @Test
  void there_are_too_many_until_one_goes_away() {
    Followers followers =
        new Followers(mock(TaskAnswers.class), mock(TaskPieces.class), Duration.ofMillis(10), 2);
    Silent staying = new Silent();
    Silent leaving = new Silent();

    followers.add(new OpenStream("t1", EventId.START, staying));
    assertThat(followers.areTooMany()).isFalse();
    followers.add(new OpenStream("t2", EventId.START, leaving));
    assertThat(followers.areTooMany()).isTrue();

    leaving.gone = true;
    await().until(() -> !followers.areTooMany());
    followers.destroy();
  }

  /** One whose connection takes nothing. */
  private static final class Silent implements Caller {
    private volatile boolean gone;

    @Override
    public void send(String text) {}

    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public boolean isGone() {
      return gone;
    }

    @Override
    public void end() {}
  }
}
