package dev.serai.debate;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class DebateStoreOnPostgresTest extends DebateStoreContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
