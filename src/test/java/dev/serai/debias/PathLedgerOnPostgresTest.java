package dev.serai.debias;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class PathLedgerOnPostgresTest extends PathLedgerContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }
}
