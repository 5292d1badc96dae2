package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {
  private static final Path DATA = Path.of("/var/lib/serai");

  @Test
  void keeps_the_state_in_the_data_folder_when_no_url_is_set() {
    StoreLocation location = StoreLocation.of("", "", "", DATA);

    assertThat(location.jdbcUrl()).startsWith("jdbc:h2:file:/var/lib/serai/state/serai;");
    assertThat(location.ownedByThisProcess()).isTrue();
    assertThat(location.describe()).isEqualTo("H2 at file:/var/lib/serai/state/serai");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "postgresql"})
  void takes_the_short_form_with_its_login(String scheme) {
    StoreLocation location =
        StoreLocation.of(scheme + "://ann:s%40f+e@db:5433/state?sslmode=require", "", "", DATA);

    assertThat(location.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5433/state?sslmode=require");
    assertThat(location.user()).isEqualTo("ann");
    assertThat(location.password()).isEqualTo("s@f+e");
    assertThat(location.ownedByThisProcess()).isFalse();
  }

  @Test
  void takes_a_jdbc_url_as_it_is() {
    StoreLocation location =
        StoreLocation.of("jdbc:postgresql://db/state?user=ann&password=safe", "", "", DATA);

    assertThat(location.jdbcUrl()).isEqualTo("jdbc:postgresql://db/state?user=ann&password=safe");
  }

  @Test
  void prefers_the_login_of_its_own_settings() {
    StoreLocation location =
        StoreLocation.of("postgres://ann:safe@db/state", "bob", "better", DATA);

    assertThat(location.user()).isEqualTo("bob");
    assertThat(location.password()).isEqualTo("better");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://ann:safe@db:5433/state",
        "jdbc:postgresql://ann:safe@db:5433/state",
        "jdbc:postgresql://db:5433/state?user=ann&password=safe"
      })
  void never_tells_the_login(String url) {
    StoreLocation location = StoreLocation.of(url, "", "", DATA);

    assertThat(location.describe()).isEqualTo("PostgreSQL at db:5433/state");
    assertThat(location).asString().doesNotContain("safe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:safe@db/state",
        "postgres://ann:sa fe@db/state",
        "postgres://db",
        "db"
      })
  void refuses_other_urls_without_quoting_them(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoreLocation.of(url, "", "", DATA))
        .withMessageStartingWith("bad-db-url:")
        .withMessageNotContaining("fe@")
        .withNoCause();
  }
}
