package dev.serai.fairness;

import dev.serai.store.TestStore;
import dev.serai.support.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

class SharedLineOnPostgresTest extends SharedLineContract {
  @Override
  List<TestStore> open(Path data, int processes) {
    String url = TestPostgres.emptyDatabase();
    return IntStream.range(0, processes).mapToObj(i -> TestStore.open(data, url)).toList();
  }
}
