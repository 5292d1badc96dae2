package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.serai.http.ByteBudget;
import dev.serai.hub.History.Arrival;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

@Timeout(60)
class IntakeTest {
  private static final int MOST = 10_000;

  private final History history = mock(History.class);
  private final Intake intake =
      new Intake(history, (channel, kept) -> CompletableFuture.completedFuture(null));
  private final Thread writer = new Thread(intake);

  @AfterEach
  void stop() {
    writer.interrupt();
  }

  @Test
  void one_more_than_may_wait_for_the_store_is_asked_to_come_again() {
    for (int i = 0; i < MOST; i++) {
      keep();
    }

    assertUnavailable(keep(), "streams-busy");
  }

  @Test
  void large_ones_that_together_need_too_much_memory_are_asked_to_come_again() {
    Intake small =
        new Intake(
            history,
            (channel, kept) -> CompletableFuture.completedFuture(null),
            new ByteBudget(100));
    Arrival large = new Arrival(Update.of("t", "x".repeat(40)), null);
    CompletableFuture<Kept> first = small.keep(Channel.values()[0], large);

    assertUnavailable(small.keep(Channel.values()[0], large), "streams-busy");

    first.cancel(true); // it is written
    assertThat(small.keep(Channel.values()[0], large)).isNotDone();
  }

  @Test
  void what_the_store_does_not_take_is_asked_to_come_again() {
    when(history.keep(any(), any()))
        .thenThrow(new DataAccessResourceFailureException("away"))
        .thenThrow(new CannotCreateTransactionException("away"));
    writer.start();

    assertUnavailable(keep(), "streams-busy");
    assertUnavailable(keep(), "streams-busy");
  }

  @Test
  void a_mistake_of_ours_stays_one() {
    when(history.keep(any(), any())).thenThrow(new IllegalStateException("mistake"));
    writer.start();

    assertThatThrownBy(() -> keep().get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_error_is_told_and_what_comes_next_is_kept() throws Exception {
    Kept next = new Kept(1, Update.of("topic", "data").identified("1"));
    when(history.keep(any(), any())).thenThrow(new StackOverflowError()).thenReturn(List.of(next));
    writer.start();

    assertThatThrownBy(() -> keep().get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(keep().get(20, TimeUnit.SECONDS)).isEqualTo(next);
  }

  @Test
  void what_waits_when_it_stops_is_asked_to_come_again() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    when(history.keep(any(), any()))
        .thenAnswer(
            call -> {
              writing.countDown();
              new CountDownLatch(1).await(); // as a store that does not answer
              return null;
            });
    writer.start();
    keep();
    writing.await();
    CompletableFuture<Kept> waiting = keep();

    writer.interrupt();

    assertUnavailable(waiting, "streams-stopped");
    writer.join();
    assertUnavailable(keep(), "streams-stopped");
  }

  private CompletableFuture<Kept> keep() {
    return intake.keep(Channel.SSE, new Arrival(Update.of("topic", "data"), null));
  }

  private static void assertUnavailable(CompletableFuture<Kept> kept, String name) {
    assertThatThrownBy(() -> kept.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(StreamsUnavailableException.class)
        .hasMessageStartingWith(name);
  }
}
