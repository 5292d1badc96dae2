package dev.serai.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPatternTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"#", "*", "a.b.c", "transcription.voice.*", "transcription.*.*", "#.x", "é"})
  void takes_words_and_wildcards_that_are_words(String pattern) {
    assertThat(KeyPattern.problem(pattern)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.", ".a", "a..b", "a*", "##", "*#", "a b", "a.\n"})
  void refuses_what_no_broker_understands_so(String pattern) {
    assertThat(KeyPattern.problem(pattern)).isPresent();
  }

  @Test
  void a_key_has_no_wildcards_and_fits_into_a_message() {
    assertThat(KeyPattern.problemOfKey("artifact.created")).isEmpty();
    assertThat(KeyPattern.problemOfKey("a.*")).isPresent();
    assertThat(KeyPattern.problemOfKey("a.#")).isPresent();
    assertThat(KeyPattern.problemOfKey("é".repeat(127))).isEmpty();
    assertThat(KeyPattern.problemOfKey("é".repeat(128))).isPresent();
  }
}
