package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doubles_from_the_first_delay_up_to_thirty_seconds() {
    Backoff backoff = new Backoff(Duration.ofSeconds(5), () -> 0);

    assertThat(waits(backoff, 5)).containsExactly(5_000L, 10_000L, 20_000L, 30_000L, 30_000L);
  }

  @Test
  void begins_anew_after_a_reset() {
    Backoff backoff = new Backoff(Duration.ofMillis(200), () -> 0);
    waits(backoff, 4);

    backoff.reset();

    assertThat(waits(backoff, 2)).containsExactly(200L, 400L);
  }

  @Test
  void waits_up_to_a_fifth_less_so_that_instances_do_not_come_together() {
    Backoff shortest = new Backoff(Duration.ofSeconds(5), () -> 1);
    Backoff any = new Backoff(Duration.ofSeconds(5));

    assertThat(waits(shortest, 4)).containsExactly(4_000L, 8_000L, 16_000L, 24_000L);
    assertThat(any.next()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
  }

  private static List<Long> waits(Backoff backoff, int count) {
    return Stream.generate(backoff::next).limit(count).map(Duration::toMillis).toList();
  }
}
