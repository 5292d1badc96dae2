package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.RabbitPerClass;
import dev.serai.support.SeraiApp;
import dev.serai.support.SeraiProcess;
import dev.serai.support.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two Serais with one broker and one database. */
@Timeout(180)
class TwoProcessesIT {
  @RegisterExtension static final RabbitPerClass RABBIT = new RabbitPerClass();

  private static final int HEALTHY = 5;
  private static final int PER_SECOND = 4;
  private final List<String> ids = new ArrayList<>();

  @Test
  void each_event_reaches_each_receiver_once_also_one_that_waits_for_longer_than_a_lease(
      @TempDir Path data) throws Exception {
    Map<String, String> settings =
        WebhookFixture.settings(
            Map.of("serai.broker.uri", RABBIT.uri(), "serai.db.url", TestPostgres.emptyDatabase()));
    try (Receiver receiver = new Receiver();
        SeraiApp one = SeraiApp.start(data.resolve("1"), settings);
        SeraiProcess other = SeraiProcess.start(data.resolve("2"), settings)) {
      WebhookFixture first = new WebhookFixture(one);
      WebhookFixture second = new WebhookFixture(other);
      receiver.answer("dead", new Receiver.Answer(0, Map.of(), ""));
      first.addFor(receiver.url("dead"));
      Map<String, String> webhooks = new LinkedHashMap<>();
      for (int i = 0; i < HEALTHY; i++) {
        webhooks.put("healthy" + i, second.addFor(receiver.url("healthy" + i)));
      }
      webhooks.put("limited", first.add(limited(receiver)).path("id").asText());

      for (int i = 0; i < 5; i++) {
        ids.addAll(first.notifyAll(10));
        ids.addAll(second.notifyAll(10));
      }

      for (Map.Entry<String, String> each : webhooks.entrySet()) {
        String path = each.getKey();
        await(path)
            .atMost(Duration.ofSeconds(60))
            .until(() -> Set.copyOf(receiver.ids(path)).containsAll(ids));
        assertThat(first.failed(each.getValue())) // the machine may be busy
            .containsAll(receiver.again(path));
      }
      assertThat(receiver.mostOpen("dead")).isBetween(10, 2 * 10);
      assertThat(receiver.span("limited"))
          .isGreaterThan(Duration.ofSeconds(ids.size() / (2 * PER_SECOND) - 1));
    }
  }

  private static String limited(Receiver receiver) {
    return "{\"url\":\"%s\",\"rate_limit\":%d}".formatted(receiver.url("limited"), PER_SECOND);
  }
}
