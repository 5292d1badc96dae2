package dev.serai.fairness;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class TaskLineOnH2Test extends TaskLineContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
