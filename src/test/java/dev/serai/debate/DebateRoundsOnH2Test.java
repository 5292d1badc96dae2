package dev.serai.debate;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class DebateRoundsOnH2Test extends DebateRoundsContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
