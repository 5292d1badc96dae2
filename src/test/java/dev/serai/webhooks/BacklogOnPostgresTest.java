package dev.serai.webhooks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class BacklogOnPostgresTest extends BacklogContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
