package dev.serai.correlation;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class ChainsOnH2Test extends SqlChainsContract {
  @Override
  TestStore database(Path data) {
    return TestStore.onH2(data);
  }
}
