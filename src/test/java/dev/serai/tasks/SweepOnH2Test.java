package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class SweepOnH2Test extends SweepContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
