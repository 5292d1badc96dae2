package dev.serai.debias;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class SqlProfilesOnH2Test extends SqlProfilesContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
