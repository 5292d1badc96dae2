package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** The thread that writes results, and a store that does not always answer. */
@SuppressWarnings("NullAway.Init") // started before each test
class ResultWriterTest extends StoredWebhooks {
  private final AtomicInteger refusals = new AtomicInteger();
  private final List<ResultWriter.Written> told = new CopyOnWriteArrayList<>();
  private ResultWriter writer;
  private Thread thread;

  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }

  @BeforeEach
  void start() {
    Results away =
        new Results(store.batches(), store.transactions()) {
          @Override
          void write(List<Result> some) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
              throw new DataAccessResourceFailureException("away");
            }
            super.write(some);
          }
        };
    writer = new ResultWriter(away, conditions, new Directory(endpoints), Duration.ofDays(5));
    thread = new Thread(() -> writer.run(told::addAll));
    thread.start();
  }

  @AfterEach
  void stop() throws Exception {
    writer.stop();
    thread.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void what_could_not_be_written_is_written_when_the_store_answers() {
    refusals.set(1);
    ResultWriter.Written result = delivered("m1");

    writer.add(result);

    await().atMost(Duration.ofSeconds(10)).until(() -> told.contains(result));
    assertThat(state("m1")).startsWith("delivered");
  }

  @Test
  void what_is_left_when_it_is_stopped_is_written_once_more() throws Exception {
    refusals.set(Integer.MAX_VALUE);
    writer.add(delivered("m1"));
    await().atMost(Duration.ofSeconds(10)).until(() -> refusals.get() < Integer.MAX_VALUE);
    ResultWriter.Written late = delivered("m2");
    writer.add(late);

    refusals.set(0);
    writer.stop();
    thread.join(TimeUnit.SECONDS.toMillis(10));

    assertThat(told).contains(late);
    assertThat(state("m2")).startsWith("delivered");
  }

  private ResultWriter.Written delivered(String messageId) {
    String id = add();
    deliver(id, messageId);
    Held held = claim(id, 1).get(0);
    Result result =
        new Result(
            held,
            Instant.now(),
            Duration.ofMillis(5),
            204,
            null,
            null,
            Result.State.DELIVERED,
            Duration.ZERO,
            true);
    return new ResultWriter.Written(result, Outcome.Control.NONE);
  }
}
