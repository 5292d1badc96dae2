package dev.serai.hub;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class ForgettingOnPostgresTest extends ForgettingContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
