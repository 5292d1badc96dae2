package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreSightTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
  private final StoreSight sight = new StoreSight(() -> LEASE, now::get);

  @Test
  void a_store_that_was_never_away_tells_who_is_dead_at_once() {
    look(Duration.ofMillis(10));

    assertThat(sight.isSteady()).isTrue();
  }

  @Test
  void one_that_was_away_tells_it_a_lease_after_its_first_answer() {
    sight.asks();
    sight.failed();
    assertThat(sight.isSteady()).isFalse();
    pass(LEASE.multipliedBy(2));
    assertThat(sight.isSteady()).isFalse();

    look(Duration.ofMillis(10));

    pass(LEASE.minusMillis(1));
    look(Duration.ZERO);
    assertThat(sight.isSteady()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(sight.isSteady()).isTrue();
  }

  @Test
  void one_that_hangs_is_away_before_anybody_has_given_it_up() {
    sight.asks();
    pass(LEASE.dividedBy(3));
    assertThat(sight.isSteady()).isFalse();

    sight.answered();

    assertThat(sight.isSteady()).isFalse();
    pass(LEASE);
    assertThat(sight.isSteady()).isTrue();
  }

  private void look(Duration took) {
    sight.asks();
    pass(took);
    sight.answered();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
