package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class TaskLeaseOnH2Test extends TaskLeaseContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
