package dev.serai.fairness;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class LongLineOnH2Test extends LongLineContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
