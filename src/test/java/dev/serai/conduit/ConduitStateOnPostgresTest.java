package dev.serai.conduit;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class ConduitStateOnPostgresTest extends ConduitStateContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
