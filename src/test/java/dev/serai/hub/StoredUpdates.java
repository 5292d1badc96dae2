package dev.serai.hub;

import dev.serai.hub.History.Arrival;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A history on a database of its own for each test. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class StoredUpdates {
  TestStore store;
  History history;
  HistoryReader reader;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    history = new History(store.jdbc(), store.batches(), store.transactions());
    reader = new HistoryReader(store.jdbc());
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  List<Kept> keep(Update... updates) {
    return history.keep(
        Channel.SSE, List.of(updates).stream().map(u -> new Arrival(u, null)).toList());
  }
}
