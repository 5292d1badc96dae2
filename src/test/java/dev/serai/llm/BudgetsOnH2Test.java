package dev.serai.llm;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.List;

class BudgetsOnH2Test extends BudgetsContract {
  @Override
  List<TestStore> open(Path data, int processes) {
    return List.of(TestStore.onH2(data)); // its file is one process's
  }
}
