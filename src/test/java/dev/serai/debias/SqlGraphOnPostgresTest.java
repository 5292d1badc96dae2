package dev.serai.debias;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class SqlGraphOnPostgresTest extends SqlGraphContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
