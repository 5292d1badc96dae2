package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {

  @Test
  void a_tenant_weighs_what_is_said_and_else_one() {
    Weights weights = Weights.read(" acme = 3, a=b=2,=1000 ");

    assertThat(weights.of("acme")).isEqualTo(3);
    assertThat(weights.of("a=b")).isEqualTo(2);
    assertThat(weights.of("")).isEqualTo(1000);
    assertThat(weights.of("other")).isEqualTo(1);
    assertThat(Weights.read("").of("acme")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "acme=", "acme=0", "acme=-1", "acme=1001", "acme=1.5"})
  void says_which_weight_cannot_be(String text) {
    assertThatThrownBy(() -> Weights.read("a=1, " + text))
        .hasMessage("bad-value: the weight \"%s\"; write tenant=weight, from 1 to 1000", text);
  }
}
