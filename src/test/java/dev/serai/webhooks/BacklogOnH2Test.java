package dev.serai.webhooks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class BacklogOnH2Test extends BacklogContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
