package dev.serai.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.http.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedHeadersTest {
  @Test
  void takes_those_with_the_prefix_only() throws Exception {
    assertThat(NamedHeaders.of(Map.of("x-message-tenant", "acme", "x-other", "1", "tenant", "2")))
        .containsExactly(Map.entry("tenant", "acme"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"camelhttpuri", "serai-attempt", "cloudevents_id", "x-death", "cc", "a b", ""})
  void refuses_a_name_that_could_steer(String name) {
    assertThatThrownBy(() -> NamedHeaders.of(Map.of("x-message-" + name, "1")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no name that a message may have");
  }

  @Test
  void refuses_what_is_too_long() {
    assertThatThrownBy(() -> NamedHeaders.of(Map.of("x-message-a", "x".repeat(1001))))
        .isInstanceOf(ProblemException.class);
  }
}
