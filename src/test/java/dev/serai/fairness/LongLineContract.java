package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a turn costs when many wait, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class LongLineContract {
  private static final int WAITING = Boolean.getBoolean("serai.test.long") ? 100_000 : 10_000;
  private static final int TENANTS = 100;
  private static final int TURNS = 100;

  private TestStore store;
  private WaitingTasks tasks;
  private TaskLine line;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    tasks = new WaitingTasks(store);
    line = new TaskLine(store.jdbc(), store.transactions(), "60s");
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  @Test
  void a_turn_costs_the_same_whether_few_or_many_wait() {
    join(3);
    List<String> inWork = line.next("llm", 8, "5m", "");
    Duration few = turns(inWork);

    join(WAITING / TENANTS);
    Duration many = turns(inWork);

    System.out.printf(
        "a turn of %d tenants takes %d us with %d tasks in the line, %d us with %d%n",
        TENANTS, few.toNanos() / 1000, 3 * TENANTS, many.toNanos() / 1000, WAITING);
    assertThat(many).isLessThan(few.multipliedBy(4).plusMillis(10));
  }

  private void join(int ofEach) {
    IntStream.range(0, TENANTS).forEach(i -> tasks.join("tenant-" + i, i % 3, ofEach));
    store.jdbc().sql("ANALYZE").update(); // as PostgreSQL does by itself within a minute
  }

  /** The quickest of ending a task and giving the next one its turn: others share the machine. */
  private Duration turns(List<String> inWork) {
    long[] times = new long[TURNS];
    for (int i = 0; i < TURNS; i++) {
      tasks.end(inWork.remove(0));
      long begin = System.nanoTime();
      List<String> next = line.next("llm", 8, "5m", "");
      times[i] = System.nanoTime() - begin;
      assertThat(next).hasSize(1);
      inWork.addAll(next);
    }
    return Duration.ofNanos(Arrays.stream(times).min().orElseThrow());
  }
}
