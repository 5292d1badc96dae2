package dev.serai.debate;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Stores a debate for each test. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class StoredDebateContract {
  StoredDebate debate;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    debate = new StoredDebate(open(data));
  }

  @AfterEach
  void close_the_database() {
    debate.close();
  }
}
