package dev.serai.debias;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class SqlGraphOnH2Test extends SqlGraphContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
