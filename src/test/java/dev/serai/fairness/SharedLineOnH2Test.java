package dev.serai.fairness;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.List;

class SharedLineOnH2Test extends SharedLineContract {
  @Override
  List<TestStore> open(Path data, int processes) {
    return List.of(TestStore.onH2(data));
  }
}
