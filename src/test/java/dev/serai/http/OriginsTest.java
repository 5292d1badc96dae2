package dev.serai.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  @ParameterizedTest
  @ValueSource(strings = {"*", "null", "app.example.com", "https://a, *", "https://a/b"})
  void what_is_no_origin_ends_the_start(String origins) {
    assertThatThrownBy(() -> new Origins(origins))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("bad-origin: ");
  }
}
