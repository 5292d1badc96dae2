package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class TaskAttemptsOnPostgresTest extends TaskAttemptsContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
