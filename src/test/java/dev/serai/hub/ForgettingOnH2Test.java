package dev.serai.hub;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class ForgettingOnH2Test extends ForgettingContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
