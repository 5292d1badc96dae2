package dev.serai.webhooks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class DeliveriesOnH2Test extends DeliveriesContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
