package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class WaitingInStoreOnH2Test extends WaitingInStoreContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
