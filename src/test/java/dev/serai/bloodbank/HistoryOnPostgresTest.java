package dev.serai.bloodbank;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class HistoryOnPostgresTest extends HistoryContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
