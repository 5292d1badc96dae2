package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.support.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

/** Turns of two processes on one PostgreSQL. */
class SharedTurnsTest {
  private static final int KIND = 1;
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(30);

  private TestStore one;
  private TestStore other;

  @BeforeEach
  void open(@TempDir Path data) {
    String database = TestPostgres.emptyDatabase();
    one = TestStore.open(data.resolve("one"), database);
    other = TestStore.open(data.resolve("other"), database);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void a_number_is_one_process_at_a_time() {
    try (SharedTurns.Turn held = one.turns().begin(KIND, List.of(1, 2), LONG)) {
      assertRefused(List.of(2, 3));
      assertGiven(KIND, List.of(3, 4));
      assertGiven(KIND + 1, List.of(1, 2));
    }

    assertGiven(KIND, List.of(1, 2));
  }

  @Test
  void a_turn_that_did_not_come_leaves_nothing_behind() {
    try (SharedTurns.Turn held = one.turns().begin(KIND, List.of(2), LONG)) {
      assertRefused(List.of(1, 2));
    }

    try (SharedTurns.Turn first = one.turns().begin(KIND, List.of(1), SHORT)) {
      assertRefused(List.of(1));
    }
  }

  @Test
  void a_turn_ends_with_its_process() {
    one.turns().begin(KIND, List.of(1), LONG);

    one.close();

    try (SharedTurns.Turn given = other.turns().begin(KIND, List.of(1), LONG)) {
      assertThat(given).isNotNull();
    }
  }

  @Test
  void the_database_looks_whether_the_host_of_a_process_is_still_there() {
    assertThat(one.jdbc().sql("SHOW tcp_keepalives_idle").query(String.class).single())
        .isEqualTo("10");
    assertThat(one.jdbc().sql("SHOW tcp_keepalives_count").query(String.class).single())
        .isEqualTo("4");
  }

  @Test
  void the_database_ends_the_transaction_of_a_process_that_stands_still() {
    assertThat(
            one.jdbc().sql("SHOW idle_in_transaction_session_timeout").query(String.class).single())
        .isEqualTo("5min");
  }

  @Test
  void says_when_a_turn_was_lost_on_the_way() {
    SharedTurns.Turn held = one.turns().begin(KIND, List.of(1), LONG);
    other
        .jdbc()
        .sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        .query(Boolean.class)
        .list();

    assertThatExceptionOfType(DataAccessResourceFailureException.class)
        .isThrownBy(held::close)
        .withMessageStartingWith("The state's database was lost during a turn");
  }

  @Test
  void there_is_nobody_to_wait_for_with_the_state_in_h2(@TempDir Path data) {
    try (TestStore own = TestStore.onH2(data);
        SharedTurns.Turn first = own.turns().begin(KIND, List.of(1), SHORT);
        SharedTurns.Turn second = own.turns().begin(KIND, List.of(1), SHORT)) {
      assertThat(own.turns().shared()).isFalse();
      assertThat(one.turns().shared()).isTrue();
    }
  }

  private void assertGiven(int kind, List<Integer> numbers) {
    try (SharedTurns.Turn given = other.turns().begin(kind, numbers, SHORT)) {
      assertThat(given).isNotNull();
    }
  }

  private void assertRefused(List<Integer> numbers) {
    assertThatExceptionOfType(DataAccessResourceFailureException.class)
        .isThrownBy(() -> other.turns().begin(KIND, numbers, SHORT).close())
        .withMessageStartingWith("The state's database gave no turn");
  }
}
