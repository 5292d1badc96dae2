package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class TaskStoreOnH2Test extends TaskStoreContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
