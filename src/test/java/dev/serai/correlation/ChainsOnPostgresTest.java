package dev.serai.correlation;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class ChainsOnPostgresTest extends SqlChainsContract {
  @Override
  TestStore database(Path data) {
    return TestStore.onPostgres(data);
  }
}
