package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a delivery costs when many wait, on whichever database. */
abstract class BacklogContract extends StoredWebhooks {
  private static final int WAITING = Boolean.getBoolean("serai.test.long") ? 100_000 : 10_000;
  private static final int AT_ONCE = 50;
  private static final int TURNS = 20;

  @Test
  void a_delivery_costs_the_same_whether_few_or_many_wait() {
    String few = add();
    wait(few, "few", AT_ONCE * TURNS);
    Duration first = turns(few);

    String many = add();
    wait(many, "many", WAITING);
    Duration then = turns(many);

    System.out.printf(
        "%d deliveries are taken and written in %d us with %d that wait, in %d us with %d%n",
        AT_ONCE, first.toNanos() / 1000, AT_ONCE * TURNS, then.toNanos() / 1000, WAITING);
    assertThat(then).isLessThan(first.multipliedBy(4).plusMillis(10));
  }

  private void wait(String endpointId, String name, int count) {
    for (int from = 0; from < count; from += 1000) {
      deliver(
          endpointId,
          IntStream.range(from, Math.min(count, from + 1000))
              .mapToObj(i -> name + i)
              .toArray(String[]::new));
    }
    store.jdbc().sql("ANALYZE").update(); // as PostgreSQL does by itself within a minute
  }

  /** The median of taking some, writing what has become of them, and giving some back. */
  private Duration turns(String endpointId) {
    long[] times = new long[TURNS];
    for (int i = 0; i < TURNS; i++) {
      long begin = System.nanoTime();
      List<Held> held = claim(endpointId, AT_ONCE);
      results.write(
          held.subList(0, AT_ONCE / 2).stream()
              .map(each -> result(each, Result.State.DELIVERED, Duration.ZERO))
              .toList());
      deliveries.giveBack(held.subList(AT_ONCE / 2, AT_ONCE), Duration.ZERO);
      times[i] = System.nanoTime() - begin;
      assertThat(held).hasSize(AT_ONCE);
    }
    Arrays.sort(times);
    return Duration.ofNanos(times[TURNS / 2]);
  }
}
