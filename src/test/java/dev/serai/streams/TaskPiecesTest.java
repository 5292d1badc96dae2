package dev.serai.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.llm.ChunkSink.Chunk;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a piece while the store is away. */
@SuppressWarnings("NullAway.Init") // opened before each test
class TaskPiecesTest {
  private static final int RETRIES = 3;

  private final JdbcClient away = mock(JdbcClient.class);
  private TestStore store;

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = TestStore.onH2(data);
    store
        .jdbc()
        .sql(
            "INSERT INTO task (id, type, state, priority, tenant, request, request_hash, token,"
                + " cancel_asked, confirmed, announced, replays, created_at, published_at)"
                + " VALUES ('t1', 'llm', 'running', 0, '', '{}', '', 1, FALSE, TRUE, FALSE, 0,"
                + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
        .update();
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  @Test
  void it_waits_and_is_kept_when_the_store_is_back() {
    awayFor(RETRIES);

    pieces(away).take(chunk(1));
    pieces(store.jdbc()).take(chunk(2));

    assertThat(pieces(store.jdbc()).after("t1", EventId.START, 10))
        .extracting(piece -> piece.id().toString())
        .containsExactly("1.1.1", "1.1.2");
  }

  @Test
  void it_is_kept_once_although_the_answer_of_the_store_was_lost() {
    pieces(store.jdbc()).take(chunk(1));
    awayFor(1);

    pieces(away).take(chunk(1));

    assertThat(pieces(store.jdbc()).after("t1", EventId.START, 10)).hasSize(1);
  }

  @Test
  void it_ends_the_call_when_the_store_stays_away_so_that_nobody_sees_a_gap() {
    awayFor(RETRIES + 1);

    assertThatThrownBy(() -> pieces(away).take(chunk(1)))
        .isInstanceOf(DataAccessResourceFailureException.class);

    verify(away, times(RETRIES + 1)).sql(anyString());
  }

  @Test
  void one_that_is_there_already_ends_the_call_at_once() {
    pieces(store.jdbc()).take(chunk(1));

    assertThatThrownBy(() -> pieces(store.jdbc()).take(chunk(1)))
        .isInstanceOf(DuplicateKeyException.class);
  }

  /** The next statements fail. */
  private void awayFor(int statements) {
    DataAccessResourceFailureException failure = new DataAccessResourceFailureException("away");
    JdbcClient real = store.jdbc();
    var stubbing = when(away.sql(contains("task_piece")));
    for (int i = 0; i < statements; i++) {
      stubbing = stubbing.thenThrow(failure);
    }
    stubbing.thenAnswer(call -> real.sql(call.<String>getArgument(0)));
  }

  private static TaskPieces pieces(JdbcClient jdbc) {
    return new TaskPieces(jdbc, RETRIES, Duration.ofMillis(1));
  }

  private static Chunk chunk(int sequence) {
    return new Chunk("t1", 1, 1, sequence, false, JsonNodeFactory.instance.arrayNode());
  }
}
