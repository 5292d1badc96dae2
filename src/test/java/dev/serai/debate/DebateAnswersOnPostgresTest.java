package dev.serai.debate;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class DebateAnswersOnPostgresTest extends DebateAnswersContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
