package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @Test
  void what_is_typed_wins_over_the_environment_and_a_url_over_a_port() {
    Map<String, String> both = Map.of("SERAI_URL", "https://there/serai/", "SERAI_PORT", "1");

    assertThat(Address.DATA.of("http://here:5", 9, both)).isEqualTo("http://here:5");
    assertThat(Address.DATA.of(null, 9, both)).isEqualTo("http://127.0.0.1:9");
    assertThat(Address.DATA.of(null, null, both)).isEqualTo("https://there/serai");
    assertThat(Address.DATA.of(null, null, Map.of("SERAI_PORT", "1")))
        .isEqualTo("http://127.0.0.1:1");
    assertThat(Address.OPERATOR.of(null, null, both)).isEqualTo("http://127.0.0.1:8081");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"here:8080", "ftp://here", "http://", "http://user:secret@here", "http://a b"})
  void what_is_no_address_is_refused_without_showing_it(String url) {
    assertThatThrownBy(() -> Address.DATA.of(url, null, Map.of()))
        .isInstanceOf(BadUsageException.class)
        .hasMessageContaining("is no address of a Serai")
        .hasMessageNotContaining("secret");
  }
}
