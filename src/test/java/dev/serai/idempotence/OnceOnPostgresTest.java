package dev.serai.idempotence;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class OnceOnPostgresTest extends OnceContract {
  @Override
  String store() {
    return "sql";
  }

  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
