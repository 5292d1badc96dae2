package dev.serai.debias;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class PathLedgerOnH2Test extends PathLedgerContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }
}
