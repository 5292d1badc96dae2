package dev.serai.correlation;

import static dev.serai.correlation.TestChains.published;
import static dev.serai.correlation.TestChains.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

@Timeout(30)
class RecorderTest {
  private static final long AGAIN = 5; // ms

  private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean away = new AtomicBoolean();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CountDownLatch asked = new CountDownLatch(1);

  /** Stores ids in memory; fails while it is away, and for ids that begin with "bad". */
  private final ChainStore store =
      (ChainStore)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ChainStore.class},
              (proxy, method, arguments) -> {
                asked.countDown();
                if (away.get()) {
                  throw new DataAccessResourceFailureException("away");
                }
                @SuppressWarnings("unchecked")
                List<Sighting> batch = (List<Sighting>) arguments[0];
                if (batch.stream().anyMatch(seen -> seen.event().id().startsWith("bad"))) {
                  throw new DataIntegrityViolationException("bad");
                }
                if (batch.stream().anyMatch(seen -> seen.event().id().startsWith("odd"))) {
                  throw new IllegalStateException("odd");
                }
                batch.forEach(seen -> stored.add(seen.event().id()));
                return null;
              });

  private final Recorder recorder = new Recorder(store, settings(3, 10), meters, AGAIN);

  @AfterEach
  void stop() {
    recorder.stop();
  }

  @Test
  void stores_what_was_taken_before_it_stops() {
    recorder.start();
    recorder.take(published(0, "a", "g"));
    recorder.take(published(1, "b", "g", "a"));

    recorder.stop();

    assertThat(stored).containsExactly("a", "b");
    assertThat(recorder.pending()).isEmpty();
    assertThat(meters.counter("serai.correlation.events").count()).isEqualTo(2);
    assertThat(meters.counter("serai.correlation.chains").count()).isEqualTo(1);
    assertThat(meters.counter("serai.correlation.lost").count()).isZero();
  }

  @Test
  void keeps_a_few_while_the_store_is_away_and_counts_what_it_loses() throws Exception {
    away.set(true);
    recorder.start();
    recorder.take(published(0, "a", "g"));
    asked.await(); // that one is under way, three may wait

    for (String id : List.of("b", "c", "d", "e", "f")) {
      recorder.take(published(1, id, "g"));
    }

    assertThat(meters.counter("serai.correlation.lost").count()).isEqualTo(2);
    await().until(() -> meters.get("serai.correlation.store.up").gauge().value() == 0);
    away.set(false);
    await().untilAsserted(() -> assertThat(stored).containsExactly("a", "b", "c", "d"));
    await()
        .untilAsserted(
            () ->
                assertThat(meters.get("serai.correlation.store.up").gauge().value()).isEqualTo(1));
  }

  @Test
  void does_not_try_for_ever_what_the_store_refuses() {
    recorder.start();
    recorder.take(published(0, "bad", "g"));
    await().until(() -> meters.counter("serai.correlation.lost").count() == 1);

    recorder.take(published(1, "good", "g"));

    await().untilAsserted(() -> assertThat(stored).containsExactly("good"));
  }

  @Test
  void loses_what_the_store_refuses_and_nothing_that_came_with_it() throws Exception {
    away.set(true);
    recorder.start();
    recorder.take(published(0, "a", "g"));
    asked.await();
    for (String id : List.of("b", "bad", "c")) {
      recorder.take(published(1, id, "g"));
    }

    away.set(false);

    await().untilAsserted(() -> assertThat(stored).containsExactly("a", "b", "c"));
    await().until(() -> recorder.pending().isEmpty());
    assertThat(meters.counter("serai.correlation.lost").count()).isEqualTo(1);
    assertThat(meters.counter("serai.correlation.events").count()).isEqualTo(3);
  }

  @Test
  void goes_on_after_an_error_that_nobody_thought_of() {
    recorder.start();
    recorder.take(published(0, "odd", "g"));
    await().until(() -> meters.counter("serai.correlation.lost").count() == 1);

    recorder.take(published(1, "good", "g"));

    await().untilAsserted(() -> assertThat(stored).containsExactly("good"));
  }

  @Test
  void what_comes_while_it_is_stopped_is_lost_and_counted() {
    recorder.take(published(0, "a", "g"));

    assertThat(meters.counter("serai.correlation.lost").count()).isEqualTo(1);
  }
}
