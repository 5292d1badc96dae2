package dev.serai.tasks;

import dev.serai.store.TestStore;
import java.nio.file.Path;

class EndedTasksOnPostgresTest extends EndedTasksContract {
  @Override
  TestStore open(Path data) {
    return TestStore.onPostgres(data);
  }

  @Override
  String explained(String statement) {
    stored.store().batches().execute("ANALYZE task");
    return String.join(
        "\n", stored.store().jdbc().sql("EXPLAIN " + statement).query(String.class).list());
  }
}
