package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class UnheardTasksOnH2Test extends UnheardTasksContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
