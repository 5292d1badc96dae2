package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks at one host and port, such as those of a gateway for many. */
@Timeout(120)
class SharedHostIT {
  private static final int DEAD = 12;
  private static final int SLOTS = 10;

  @Test
  void a_healthy_one_does_not_wait_for_a_dozen_that_never_answer(@TempDir Path data)
      throws Exception {
    Map<String, String> settings = WebhookFixture.settings(Map.of("serai.broker.mode", "embedded"));
    settings.put("serai.webhooks.timeout", "60s"); // longer than the test waits
    settings.put("serai.webhooks.lease", "5m");
    try (Receiver receiver = new Receiver();
        SeraiApp serai = SeraiApp.start(data, settings)) {
      WebhookFixture webhooks = new WebhookFixture(serai);
      for (int i = 0; i < DEAD; i++) {
        receiver.answer("dead" + i, new Receiver.Answer(0, Map.of(), ""));
        webhooks.add("{\"url\":\"%s\",\"types\":[\"bad\"]}".formatted(receiver.url("dead" + i)));
      }
      webhooks.add("{\"url\":\"%s\",\"types\":[\"good\"]}".formatted(receiver.url("healthy")));
      for (int i = 0; i < SLOTS; i++) {
        webhooks.notify("{\"type\":\"bad\",\"n\":%d}".formatted(i));
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> receiver.of("dead0").size() == SLOTS); // they came in this order

      webhooks.notify("{\"type\":\"good\"}");

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(receiver.of("healthy")).hasSize(1));
      for (int i = 0; i < DEAD; i++) {
        assertThat(receiver.mostOpen("dead" + i)).isEqualTo(SLOTS);
      }
    }
  }
}
