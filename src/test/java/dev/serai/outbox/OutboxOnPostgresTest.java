package dev.serai.outbox;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class OutboxOnPostgresTest extends OutboxContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
