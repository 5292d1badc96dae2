package dev.serai.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;

@Timeout(30)
class BriefLookTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final BriefLook look = new BriefLook(Duration.ofMillis(50), meters);

  @AfterEach
  void end() {
    answer.countDown();
    look.close();
  }

  private double unanswered() {
    return meters.counter("serai.correlation.unanswered").count();
  }

  private String hang() {
    try {
      return answer.await(20, TimeUnit.SECONDS) ? "late" : "never";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nobody_waits_long_for_a_store_that_hangs_and_the_next_does_not_wait_at_all() {
    assertThat(look.ask(() -> "there")).contains("there");

    assertThat(look.ask(this::hang)).isEmpty();
    assertThat(look.ask(() -> "there")).as("asked a moment later").isEmpty();

    assertThat(unanswered()).isEqualTo(2);
  }

  @Test
  void a_store_that_is_away_is_no_answer() {
    assertThat(
            look.ask(
                () -> {
                  throw new DataAccessResourceFailureException("away");
                }))
        .isEmpty();

    assertThat(look.ask(() -> "there")).contains("there");
    assertThat(unanswered()).isEqualTo(1);
  }
}
