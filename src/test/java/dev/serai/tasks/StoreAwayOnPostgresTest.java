package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class StoreAwayOnPostgresTest extends StoreAwayContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
