package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A dead receiver beside healthy ones. */
abstract class WebhookIsolationContract extends RunningWebhooks {
  private static final boolean LONG = Boolean.getBoolean("serai.test.long");
  private static final int EVENTS = LONG ? 10_000 : 500;
  private static final Duration PATIENCE =
      Duration.ofSeconds(LONG ? 400 : 100); // 200,000 deliveries

  @Test
  @Timeout(500)
  void a_dead_one_keeps_nobody_waiting_and_has_no_more_than_its_slots() throws Exception {
    receiver.answer("dead", new Receiver.Answer(0, Map.of(), ""));
    webhooks.addFor(receiver.url("dead"));
    List<String> healthy = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      healthy.add(webhooks.addFor(receiver.url("healthy" + i)));
    }

    List<String> ids = webhooks.notifyAll(EVENTS);

    for (int i = 0; i < 20; i++) {
      String path = "healthy" + i;
      await(path).atMost(PATIENCE).until(() -> Set.copyOf(receiver.ids(path)).size() >= EVENTS);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(receiver.ids("healthy" + i)).containsAll(ids);
      assertThat(webhooks.failed(healthy.get(i))) // the machine may be busy
          .containsAll(receiver.again("healthy" + i));
    }
    assertThat(receiver.mostOpen("dead")).isEqualTo(10);
  }
}
