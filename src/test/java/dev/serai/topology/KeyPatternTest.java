package dev.serai.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPatternTest {
  @ParameterizedTest
  @CsvSource({
    "#,a.b.c,true",
    "#,'',true",
    "order.*,order.paid,true",
    "order.*,order,false",
    "order.*,order.paid.twice,false",
    "order.#,order,true",
    "order.#,order.paid.twice,true",
    "#.paid,order.paid,true",
    "#.paid,paid,true",
    "#.paid,order.paid.twice,false",
    "a.#.b.#.c,a.x.b.b.c,true",
    "a.#.b.#.c,a.c,false",
    "a.*.#.z,a.z,false",
    "a.*.#.z,a.b.z,true",
    "order.paid,order.paid,true",
    "order.paid,order.Paid,false",
    "*,a,true",
    "*,a.b,false"
  })
  void matches_as_a_topic_exchange_does(String pattern, String key, boolean matches) {
    assertThat(KeyPattern.anyMatches(List.of(new KeyPattern(pattern)), key)).isEqualTo(matches);
    assertThat(new KeyPattern(pattern).matches(key)).isEqualTo(matches);
  }

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
