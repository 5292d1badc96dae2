package dev.serai.fairness;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class TaskLineOnPostgresTest extends TaskLineContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
