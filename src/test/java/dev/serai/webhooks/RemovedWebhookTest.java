package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.serai.store.TestStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a process knows of a webhook goes with it. */
class RemovedWebhookTest extends StoredWebhooks {
  private static final Outcome TAKEN =
      new Outcome(204, null, null, Outcome.Control.NONE, Optional.empty());

  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }

  @Test
  void its_counters_go_and_those_of_others_stay() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    WebhookMeters meters = new WebhookMeters(registry, store.batches());
    ResultWriter writer = mock(ResultWriter.class);
    Deliverer deliverer =
        new Deliverer(
            new Lanes(new Directory(endpoints), LaneTest.settings()),
            mock(Stock.class),
            mock(Calls.class),
            writer,
            meters);
    String removed = add();
    String other = add();
    deliverer.refresh();
    meters.count(removed, TAKEN, Duration.ZERO);
    meters.count(other, TAKEN, Duration.ZERO);

    endpoints.remove(removed);
    deliverer.refresh();

    assertThat(registry.find("serai.webhook.attempts").counters())
        .extracting(Counter::getId)
        .extracting(id -> id.getTag("endpoint"))
        .containsExactly(other);
    verify(writer).forget(removed);
    deliverer.stop(Duration.ZERO);
  }
}
