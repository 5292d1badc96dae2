package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RetryAfterExceptionTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-21T04:00:00Z"), ZoneOffset.UTC);

  @Test
  void reads_seconds_and_dates() {
    assertThat(RetryAfterException.parse("120", NOW)).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfterException.parse("Sat, 21 Nov 2026 04:00:30 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void takes_anything_else_for_no_wish() {
    assertThat(RetryAfterException.parse("soon", NOW)).isZero();
    assertThat(RetryAfterException.parse("-1", NOW)).isZero();
    assertThat(RetryAfterException.parse(null, NOW)).isZero();
  }

  @Test
  void is_found_among_the_causes_of_a_failure() {
    RetryAfterException asked = new RetryAfterException("429", Duration.ofSeconds(9));

    assertThat(RetryAfterException.wantedBy(new IllegalStateException(asked))).hasSeconds(9);
    assertThat(RetryAfterException.wantedBy(new IllegalStateException("no"))).isZero();
  }
}
