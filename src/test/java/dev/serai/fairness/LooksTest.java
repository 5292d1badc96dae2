package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LooksTest {
  private final Looks looks = new Looks();
  private final AtomicInteger times = new AtomicInteger();

  @Test
  void what_is_asked_for_during_a_look_becomes_one_more() {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<List<String>> first =
        CompletableFuture.supplyAsync(
            () ->
                looks.look(
                    () -> {
                      looking.countDown();
                      awaitQuietly(asked);
                      return List.of("t" + times.incrementAndGet());
                    }));
    awaitQuietly(looking);

    for (int i = 0; i < 5; i++) {
      assertThat(looks.look(() -> List.of("not asked"))).isEmpty();
    }
    asked.countDown();

    assertThat(first.join()).containsExactly("t1", "t2");
  }

  @Test
  void what_was_found_is_not_kept_waiting_by_ever_new_questions() {
    List<String> found =
        looks.look(
            () -> {
              looks.look(() -> List.of()); // as another thread would ask
              return List.of("t" + times.incrementAndGet());
            });

    assertThat(found).hasSizeBetween(1, 3);
  }

  @Test
  void a_look_that_fails_does_not_keep_others_out() {
    assertThatThrownBy(
            () ->
                looks.look(
                    () -> {
                      throw new IllegalStateException("away");
                    }))
        .hasMessage("away");

    assertThat(looks.look(() -> List.of("t1"))).containsExactly("t1");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
