package dev.serai.conduit;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class ConduitStateOnH2Test extends ConduitStateContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
