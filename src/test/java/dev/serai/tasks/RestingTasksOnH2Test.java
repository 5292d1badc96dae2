package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class RestingTasksOnH2Test extends RestingTasksContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
