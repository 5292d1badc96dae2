package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.egress.EgressAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Eight slots; it slows down for a minute, and the breaker opens when two of four calls fail. */
class PaceTest {
  private static final Duration TOOK = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Outcome TAKEN = outcome(204);
  private static final Outcome BUSY = outcome(502);
  private static final Outcome FAILED = outcome(500);

  static final WebhookSettings SETTINGS =
      new WebhookSettings(
          List.of(Duration.ZERO),
          0,
          8,
          100,
          DataSize.ofMegabytes(1),
          MINUTE,
          MINUTE,
          MINUTE,
          MINUTE,
          MINUTE,
          new WebhookSettings.Breaker(50, 4, PAUSE));

  private final Pace pace = new Pace("e", SETTINGS);
  private long now = System.nanoTime();

  @Test
  void one_that_is_busy_has_half_as_much_at_once_and_once_for_all_that_were_under_way() {
    for (int i = 0; i < 8; i++) {
      pace.begin(null, now);
    }
    for (int i = 0; i < 8; i++) {
      pace.end(BUSY, TOOK, now);
    }
    assertThat(pace.slots(now)).isEqualTo(4);

    now += Duration.ofSeconds(1).toNanos();
    pace.begin(null, now);
    pace.end(BUSY, TOOK, now);

    assertThat(pace.slots(now)).isEqualTo(2);
    assertThat(pace.isTrial()).isFalse(); // it is there
  }

  @Test
  void what_is_busy_gets_more_again_step_by_step_and_never_nothing() {
    for (int i = 0; i < 9; i++) {
      pace.end(BUSY, TOOK, now);
      now += Duration.ofSeconds(1).toNanos();
    }
    assertThat(pace.slots(now)).isEqualTo(1);

    now += MINUTE.toNanos();
    assertThat(pace.slots(now)).isEqualTo(2);
    assertThat(pace.slots(now)).isEqualTo(2);
    now += MINUTE.toNanos();
    assertThat(pace.slots(now)).isEqualTo(4);
    now += 2 * MINUTE.toNanos();
    assertThat(pace.slots(now)).isEqualTo(8);
    now += MINUTE.toNanos();
    assertThat(pace.slots(now)).isEqualTo(8);
  }

  @Test
  void a_slower_one_also_has_a_lower_rate() {
    pace.end(BUSY, TOOK, now);
    pace.begin(8, now);

    assertThat(pace.begin(8, now)).isEqualTo(Duration.ofMillis(250).toNanos());
  }

  @Test
  void one_of_which_most_calls_fail_rests_and_is_then_tried_with_one() {
    for (int i = 0; i < 2; i++) {
      assertThat(pace.begin(null, now)).isZero();
      pace.end(TAKEN, TOOK, now);
      assertThat(pace.begin(null, now)).isZero();
      pace.end(FAILED, TOOK, now);
    }

    assertThat(pace.rest(now)).isEqualTo(PAUSE.toNanos());
    assertThat(pace.begin(null, now)).isEqualTo(PAUSE.toNanos());
    assertThat(pace.slots(now)).isEqualTo(1);

    pace.reset();
    assertThat(pace.begin(null, now)).isZero();
    assertThat(pace.slots(now)).isEqualTo(8);
  }

  @Test
  void a_later_end_of_a_rest_counts_and_an_earlier_one_does_not() {
    pace.rest(MINUTE, now);
    pace.rest(PAUSE, now);
    assertThat(pace.rest(now)).isEqualTo(MINUTE.toNanos());

    pace.rest(MINUTE.multipliedBy(2), now);
    assertThat(pace.rest(now)).isEqualTo(2 * MINUTE.toNanos());
    assertThat(pace.begin(null, now)).isEqualTo(2 * MINUTE.toNanos());

    now += 2 * MINUTE.toNanos();
    assertThat(pace.rest(now)).isZero();
    assertThat(pace.begin(null, now)).isZero();
  }

  private static Outcome outcome(int status) {
    return Outcome.of(
        new EgressAnswer(status, Map.of(), new byte[0], TOOK, "192.0.2.1"),
        Instant.EPOCH,
        Duration.ZERO);
  }
}
