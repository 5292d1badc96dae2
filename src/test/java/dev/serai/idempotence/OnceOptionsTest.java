package dev.serai.idempotence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnceOptionsTest {
  private static final OnceOptions USUAL = new OnceOptions(Duration.ofHours(24), "sql");

  @Test
  void each_is_optional() {
    assertThat(OnceOptions.of("window=10m", USUAL))
        .isEqualTo(new OnceOptions(Duration.ofMinutes(10), "sql"));
    assertThat(OnceOptions.of("store=redis&window=1s", USUAL))
        .isEqualTo(new OnceOptions(Duration.ofSeconds(1), "redis"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "window", "window=0s", "window=soon", "store=disk", "lease=1h"})
  void what_cannot_be_is_named(String text) {
    assertThat(Once.objection(text)).hasValueSatisfying(why -> assertThat(why).contains(text));
  }
}
