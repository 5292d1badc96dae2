package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class LinedTasksOnH2Test extends LinedTasksContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
