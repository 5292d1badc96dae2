package dev.serai.idempotence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyWordsTest {
  private static KeyWords of(String text) {
    return KeyWords.of(text, Duration.ofHours(24), "sql");
  }

  @Test
  void words_before_the_key_are_optional() {
    assertThat(of("order 7")).isEqualTo(new KeyWords(Duration.ofHours(24), "sql", "order 7"));
    assertThat(of("window=10m o1")).isEqualTo(new KeyWords(Duration.ofMinutes(10), "sql", "o1"));
    assertThat(of("store=redis window=1s o1"))
        .isEqualTo(new KeyWords(Duration.ofSeconds(1), "redis", "o1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "window=1h", "window=0s a", "window=soon a", "store=disk a"})
  void what_cannot_be_names_the_remedy(String text) {
    assertThatThrownBy(() -> of(text))
        .hasMessageStartingWith("bad-idempotence-key: ")
        .hasMessageContaining("write window=24h store=sql ${header.cloudEvents_id}");
  }
}
