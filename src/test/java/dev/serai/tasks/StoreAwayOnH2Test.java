package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class StoreAwayOnH2Test extends StoreAwayContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
