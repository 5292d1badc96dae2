package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class LateCancelOnH2Test extends LateCancelContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
