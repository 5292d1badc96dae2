package dev.serai.outbox;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class OutboxOnH2Test extends OutboxContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
