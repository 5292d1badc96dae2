package dev.serai.debate;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class DebateRoundsOnPostgresTest extends DebateRoundsContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
