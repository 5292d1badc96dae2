package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published values of MurmurHash3_x86_32 with seed 0: other ones would lose the order. */
class Murmur3Test {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 3c2569b2",
    "ab, 9bbfd75f",
    "abc, b3dd93fa",
    "hello, 248bfa47",
    "'hello, world', 149bbb7f",
    "The quick brown fox jumps over the lazy dog, 2e4ff723"
  })
  void has_the_published_values(String text, String hash) {
    assertThat(Integer.toHexString(Murmur3.hash(text))).isEqualTo(hash);
  }
}
