package dev.serai.debate;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class DebateStoreOnH2Test extends DebateStoreContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
