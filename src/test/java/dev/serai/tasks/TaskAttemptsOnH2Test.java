package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class TaskAttemptsOnH2Test extends TaskAttemptsContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
