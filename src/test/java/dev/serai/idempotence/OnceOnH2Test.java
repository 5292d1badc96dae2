package dev.serai.idempotence;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class OnceOnH2Test extends OnceContract {
  @Override
  String store() {
    return "sql";
  }

  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
