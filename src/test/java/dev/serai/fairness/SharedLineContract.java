package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line that several processes look at, on whichever database. */
abstract class SharedLineContract {
  private final List<TestStore> stores = new ArrayList<>();

  /** As many as there can be; each process has a store of its own if it can. */
  abstract List<TestStore> open(Path data, int processes);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    stores.addAll(open(data, 2));
  }

  @AfterEach
  void close_the_database() {
    stores.forEach(TestStore::close);
  }

  private TaskLine line(int process) {
    TestStore store = stores.get(process % stores.size());
    return new TaskLine(store.jdbc(), store.transactions(), "60s");
  }

  @Test
  void processes_that_look_at_once_never_give_out_more_places_than_there_are() throws Exception {
    WaitingTasks tasks = new WaitingTasks(stores.get(0));
    IntStream.range(0, 5).forEach(tenant -> tasks.join("t" + tenant, tenant, 40));
    List<TaskLine> processes = List.of(line(0), line(1), line(0), line(1));
    Set<String> all = new HashSet<>();

    for (int round = 0; round < 20; round++) {
      List<String> taken = atOnce(processes);
      assertThat(taken).hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates();
      assertThat(taken).hasSizeGreaterThanOrEqualTo(7).allMatch(all::add);
      taken.forEach(tasks::end);
    }
  }

  private static List<String> atOnce(List<TaskLine> processes) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(processes.size());
    try {
      List<Future<List<String>>> looks = new ArrayList<>();
      for (TaskLine process : processes) {
        looks.add(threads.submit(() -> process.next("llm", 4, "0", "")));
      }
      List<String> taken = new ArrayList<>();
      for (Future<List<String>> look : looks) {
        taken.addAll(look.get());
      }
      return taken;
    } finally {
      threads.shutdown();
    }
  }
}
