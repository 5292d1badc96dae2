package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class LinedTasksOnPostgresTest extends LinedTasksContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
