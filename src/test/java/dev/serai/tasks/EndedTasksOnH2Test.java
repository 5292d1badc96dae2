package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class EndedTasksOnH2Test extends EndedTasksContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }

  @Override
  String explained(String statement) {
    return stored.store().jdbc().sql("EXPLAIN " + statement).query(String.class).single();
  }
}
