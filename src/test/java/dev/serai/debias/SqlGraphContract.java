package dev.serai.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** The graph in SQL, on whichever database. */
abstract class SqlGraphContract extends GraphContract {
  private TestStore store;
  private SqlGraph graph;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    graph = new SqlGraph(store.batches(), store.jdbc(), store.transactions());
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  @Test
  void stores_nothing_of_a_batch_that_fails() {
    UserEvent tooLong = TestEvents.event(2, 7, 100, "x".repeat(1_001));

    assertThatThrownBy(() -> store(List.of(TestEvents.event(1, 7, 100, "view"), tooLong)))
        .isInstanceOf(DataAccessException.class);

    assertThat(users()).isZero();
  }

  @Override
  void store(List<UserEvent> events) {
    graph.store(events);
  }

  @Override
  List<UserEvent> interactions(long userId, int limit) {
    return graph.interactions(userId, limit);
  }

  @Override
  long users() {
    return count("debias_user");
  }

  @Override
  long products() {
    return count("debias_product");
  }

  private long count(String table) {
    return store.jdbc().sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
  }
}
