package dev.serai.bloodbank;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class HistoryOnH2Test extends HistoryContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
