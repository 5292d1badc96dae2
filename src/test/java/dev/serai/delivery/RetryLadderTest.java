package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RetryLadderTest {
  private static final RetryLadder LADDER =
      new RetryLadder(
          List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5)));

  @Test
  void three_waits_are_four_attempts() {
    assertThat(LADDER.attempts()).isEqualTo(4);
    assertThat(LADDER.rungAfter(1, Duration.ZERO)).isEqualTo(OptionalInt.of(0));
    assertThat(LADDER.rungAfter(3, Duration.ZERO)).isEqualTo(OptionalInt.of(2));
    assertThat(LADDER.rungAfter(4, Duration.ZERO)).isEmpty();
  }

  @Test
  void a_target_that_asks_for_time_gets_the_next_wait_that_is_long_enough() {
    assertThat(LADDER.rungAfter(1, Duration.ofSeconds(6))).isEqualTo(OptionalInt.of(1));
    assertThat(LADDER.rungAfter(1, Duration.ofSeconds(31))).isEqualTo(OptionalInt.of(2));
  }

  @Test
  void a_target_that_asks_for_too_much_gets_the_longest_wait_left() {
    assertThat(LADDER.rungAfter(1, Duration.ofHours(1))).isEqualTo(OptionalInt.of(2));
  }

  @Test
  void a_wish_for_time_gives_no_further_attempt() {
    assertThat(LADDER.rungAfter(4, Duration.ofSeconds(1))).isEmpty();
  }

  @Test
  void without_waits_there_is_one_attempt() {
    RetryLadder none = new RetryLadder(List.of());

    assertThat(none.attempts()).isEqualTo(1);
    assertThat(none.rungAfter(1, Duration.ZERO)).isEmpty();
  }
}
