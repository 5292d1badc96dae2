package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class StoreConfigurationTest {
  @Test
  void says_which_database_cannot_be_reached_and_what_to_do(@TempDir Path data) throws IOException {
    String url = "postgres://ann:safe@127.0.0.1:" + closedPort() + "/state";

    assertThatThrownBy(() -> TestStore.open(data, url))
        .satisfies(
            failure -> {
              FailureAnalysis analysis = new StoreFailureAnalyzer().analyze(failure);
              assertThat(analysis.getDescription())
                  .startsWith("store-unavailable: the state in PostgreSQL at 127.0.0.1:")
                  .contains("refused")
                  .doesNotContain("safe");
              assertThat(analysis.getAction()).contains("SERAI_DB_URL");
            });
  }

  @Test
  void refuses_values_that_cannot_be_all_at_once(@TempDir Path data) {
    assertThatThrownBy(
            () ->
                TestStore.open(
                    data,
                    "",
                    "--serai.db.pool-size=0",
                    "--serai.db.connect-timeout=100ms",
                    "--serai.db.answer-timeout=100ms"))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessage(
            "bad-db-setting: serai.db.pool-size is 0; write a number from 1 to 100\n"
                + "bad-db-setting: serai.db.connect-timeout is 100ms; write a time from 250ms to 10m\n"
                + "bad-db-setting: serai.db.answer-timeout is 100ms; write a time from 1s to 10m");
    assertThatThrownBy(() -> TestStore.open(data, "", "--serai.db.pool-size=101"))
        .rootCause()
        .hasMessageStartingWith("bad-db-setting: serai.db.pool-size is 101");
  }

  @Test
  void keeps_what_was_stored_when_it_is_opened_again(@TempDir Path data) {
    try (TestStore first = TestStore.onH2(data)) {
      first.jdbc().sql("INSERT INTO debias_user (user_id) VALUES (7)").update();
    }

    try (TestStore second = TestStore.onH2(data)) {
      assertThat(second.jdbc().sql("SELECT user_id FROM debias_user").query(Long.class).list())
          .containsExactly(7L);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sets_no_time_limit_for_other_databases_of_the_process(boolean shared, @TempDir Path data) {
    DriverManager.setLoginTimeout(0);

    try (TestStore store = shared ? TestStore.onPostgres(data) : TestStore.onH2(data)) {
      assertThat(store.jdbc().sql("SELECT 1").query(Integer.class).single()).isEqualTo(1);
      assertThat(DriverManager.getLoginTimeout()).isZero();
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
