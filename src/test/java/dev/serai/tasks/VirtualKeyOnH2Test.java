package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class VirtualKeyOnH2Test extends VirtualKeyContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
