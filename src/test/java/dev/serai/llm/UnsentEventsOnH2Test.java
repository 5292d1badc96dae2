package dev.serai.llm;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class UnsentEventsOnH2Test extends UnsentEventsContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
