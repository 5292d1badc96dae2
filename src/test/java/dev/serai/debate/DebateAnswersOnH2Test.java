package dev.serai.debate;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class DebateAnswersOnH2Test extends DebateAnswersContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
