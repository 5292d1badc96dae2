package dev.serai.llm;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class UnsentEventsOnPostgresTest extends UnsentEventsContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
