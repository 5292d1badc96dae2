package dev.serai.idempotence;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class OnceOnRedisTest extends OnceContract {
  @Override
  String store() {
    return "redis";
  }

  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
