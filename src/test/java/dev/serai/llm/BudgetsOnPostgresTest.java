package dev.serai.llm;

import dev.serai.store.TestStore;
import dev.serai.support.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

class BudgetsOnPostgresTest extends BudgetsContract {
  @Override
  List<TestStore> open(Path data, int processes) {
    String database = TestPostgres.emptyDatabase();
    return IntStream.range(0, processes)
        .mapToObj(process -> TestStore.open(data.resolve("p" + process), database))
        .toList();
  }
}
