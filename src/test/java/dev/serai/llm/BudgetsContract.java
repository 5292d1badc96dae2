package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several processes ask of one provider together, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class BudgetsContract {
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int PROCESSES = 3;

  private final List<TestStore> stores = new ArrayList<>();
  private final List<Budgets> processes = new ArrayList<>();

  /** As many as there can be; each process has a store of its own if it can. */
  abstract List<TestStore> open(Path data, int processes);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    stores.addAll(open(data, PROCESSES));
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(budgets(i, WINDOW, LEASE));
    }
  }

  @AfterEach
  void close_the_database() {
    stores.forEach(TestStore::close);
  }

  private Budgets budgets(int process, Duration window, Duration lease) {
    TestStore store = stores.get(process % stores.size());
    return new Budgets(store.jdbc(), store.transactions(), store.turns(), window, lease);
  }

  @Test
  void three_processes_together_never_ask_more_often_than_a_minute_allows() throws Exception {
    int limit = 50;
    Provider provider = limited(limit, 0, 0);
    Queue<long[]> asked = new ConcurrentLinkedQueue<>(); // each between two moments

    run(
        process -> {
          long before = System.nanoTime();
          if (process.reserve(provider, 1).isPresent()) {
            asked.add(new long[] {before, System.nanoTime()});
          }
        },
        WINDOW.multipliedBy(3));

    long window = WINDOW.toNanos() / 100 * 99; // the database has another clock
    long most =
        asked.stream()
            .mapToLong(
                first ->
                    asked.stream()
                        .filter(call -> call[0] >= first[0] && call[1] < first[0] + window)
                        .count())
            .max()
            .orElse(0);
    assertThat(most).as("for sure within one window").isBetween(1L, limit + limit * 2L / 100);
    assertThat(asked.size()).isGreaterThanOrEqualTo(2 * limit);
  }

  @Test
  void three_processes_together_never_use_more_tokens_than_a_minute_allows() throws Exception {
    Provider provider = limited(0, 1000, 0);
    AtomicInteger taken = new AtomicInteger();

    List<Budgets> slow = List.of(forever(0), forever(1), forever(2));
    run(slow, process -> process.reserve(provider, 30).ifPresent(r -> taken.addAndGet(30)));

    assertThat(taken.get()).isEqualTo(990);
  }

  @Test
  void three_processes_together_never_run_more_at_once_than_allowed() throws Exception {
    Provider provider = limited(0, 0, 4);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();

    run(
        process -> {
          Optional<Reservation> reserved = process.reserve(provider, 1);
          if (reserved.isPresent()) {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
            process.settle(reserved.get(), 1);
            done.incrementAndGet();
          }
        },
        WINDOW);

    assertThat(most.get()).isBetween(1, 4);
    assertThat(done.get()).isGreaterThan(4);
  }

  @Test
  void what_a_call_did_not_use_is_free_at_once_and_what_it_used_more_is_not() {
    Provider provider = limited(0, 100, 0);
    Budgets one = forever(0);
    Reservation first = one.reserve(provider, 90).orElseThrow();
    assertThat(forever(1).reserve(provider, 20)).isEmpty();

    one.settle(first, 10);
    Reservation second = forever(1).reserve(provider, 80).orElseThrow();
    one.settle(second, 90);

    assertThat(one.reserve(provider, 1)).isEmpty();
  }

  @Test
  void what_a_long_call_used_more_counts_from_its_end_and_is_no_request() {
    Budgets one = forever(0);
    Reservation first = one.reserve(limited(0, 100, 0), 50).orElseThrow();
    stores
        .get(0)
        .jdbc()
        .sql("UPDATE llm_reservation SET started_at = TIMESTAMP '2020-01-01 00:00:00'")
        .update();

    one.settle(first, 140); // 90 more
    one.settle(first, 140);

    assertThat(forever(1).reserve(limited(0, 100, 0), 11)).isEmpty();
    Reservation next = forever(1).reserve(limited(1, 100, 0), 10).orElseThrow();
    assertThat(next.tokens()).isEqualTo(10);
  }

  @Test
  void a_call_that_was_never_sent_gives_back_everything() {
    Provider provider = limited(1, 0, 0);
    Reservation first = forever(0).reserve(provider, 1).orElseThrow();
    assertThat(forever(1).reserve(provider, 1)).isEmpty();

    forever(0).release(first);

    assertThat(forever(1).reserve(provider, 1)).isPresent();
  }

  @Test
  void only_the_first_end_of_a_call_counts() {
    Provider provider = limited(0, 100, 0);
    Budgets budgets = forever(0);
    Reservation reservation = budgets.reserve(provider, 50).orElseThrow();

    budgets.settle(reservation, 100);
    budgets.settle(reservation, 0);
    budgets.release(reservation);

    assertThat(budgets.reserve(provider, 1)).isEmpty();
  }

  @Test
  void the_place_of_a_process_that_has_died_is_free_after_its_lease() {
    Provider provider = limited(0, 0, 1);
    Budgets dying = budgets(0, WINDOW, Duration.ofMillis(300));
    Reservation held = dying.reserve(provider, 1).orElseThrow();
    assertThat(processes.get(1).reserve(provider, 1)).isEmpty();

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> processes.get(1).reserve(provider, 1).isPresent());

    dying.settle(held, 1);
    assertThat(processes.get(2).reserve(provider, 1)).isEmpty(); // its late end frees nothing
  }

  @Test
  void a_call_that_is_renewed_keeps_its_place() {
    Provider provider = limited(0, 0, 1);
    Budgets brief = budgets(0, WINDOW, Duration.ofMillis(1));
    Reservation held = brief.reserve(provider, 1).orElseThrow();

    processes.get(0).renew(held); // for the long lease

    assertThat(processes.get(1).reserve(provider, 1)).isEmpty();
  }

  @Test
  void a_provider_that_wants_to_be_left_alone_is_by_all_for_as_long_as_it_has_said() {
    Provider provider = limited(0, 0, 0);

    processes.get(0).close("p", Duration.ofMillis(700));
    processes.get(2).close("p", Duration.ofMillis(1)); // shorter: changes nothing

    assertThat(processes.get(1).reserve(provider, 1)).isEmpty();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> processes.get(1).reserve(provider, 1).isPresent());
  }

  @Test
  void forgets_what_no_longer_counts() {
    Provider provider = limited(1, 0, 0);
    Budgets brief = budgets(0, Duration.ofMillis(1), LEASE);
    for (int i = 0; i < 5; i++) {
      Awaitility.await()
          .until(
              () -> {
                Optional<Reservation> reserved = brief.reserve(provider, 1);
                reserved.ifPresent(r -> brief.settle(r, 1));
                return reserved.isPresent();
              });
    }

    long kept =
        stores.get(0).jdbc().sql("SELECT COUNT(*) FROM llm_reservation").query(Long.class).single();
    assertThat(kept).isBetween(1L, 2L);
  }

  private Budgets forever(int process) {
    return budgets(process, Duration.ofHours(1), LEASE);
  }

  private static Provider limited(long requests, long tokens, long concurrency) {
    return TestProviders.with(
        "p",
        "http://127.0.0.1:1",
        new Provider.Limits(requests, tokens, concurrency),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  /** What a thread of a process does again and again. */
  @FunctionalInterface
  private interface Step {
    void run(Budgets process);
  }

  private void run(Step step, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    all(
        processes,
        process -> {
          while (System.nanoTime() < end) {
            step.run(process);
          }
        });
  }

  private static void run(List<Budgets> processes, Step step) throws Exception {
    all(
        processes,
        process -> {
          for (int i = 0; i < 20; i++) {
            step.run(process);
          }
        });
  }

  private static void all(List<Budgets> processes, Step work) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Budgets process : processes) {
        running.add(threads.submit(() -> work.run(process)));
        running.add(threads.submit(() -> work.run(process)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
