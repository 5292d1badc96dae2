package dev.serai.conduit;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What pack conduit keeps in the state's database, which is a new one for each test. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class ConduitStateContract
    implements SpendLedgerContract, ProviderStatesContract, KeptImagesContract {
  private TestStore store;

  abstract TestStore open(Path data);

  @BeforeEach
  void openStore(@TempDir Path data) {
    store = open(data);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public TestStore store() {
    return store;
  }
}
