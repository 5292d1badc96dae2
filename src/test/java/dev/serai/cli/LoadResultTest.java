package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadResultTest {

  @Test
  void percentiles_are_answers_that_were_really_measured() {
    long[] nanos = LongStream.rangeClosed(1, 100).map(millis -> millis * 1_000_000).toArray();

    LoadResult result = new LoadResult(nanos, Map.of(), Duration.ofSeconds(2));

    assertThat(result.rate()).isEqualTo(50);
    assertThat(result.millis(0.50)).isEqualTo(50);
    assertThat(result.millis(0.95)).isEqualTo(95);
    assertThat(result.millis(0.99)).isEqualTo(99);
  }

  @Test
  void nothing_but_failures_is_a_result_too() {
    LoadResult result = new LoadResult(new long[0], Map.of("status 503", 4), Duration.ofSeconds(1));

    assertThat(result.text()).contains("failures          4 (4 × status 503)");
  }
}
