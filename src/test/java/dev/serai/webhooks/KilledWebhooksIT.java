package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of deliveries when the process is killed that makes them. */
@Timeout(180)
class KilledWebhooksIT {
  private static final int EVENTS = 60;

  @Test
  void all_of_them_are_made_after_its_start(@TempDir Path data) throws Exception {
    Map<String, String> settings = WebhookFixture.settings(Map.of("serai.broker.mode", "embedded"));
    try (Receiver receiver = new Receiver();
        SeraiProcess serai = SeraiProcess.start(data, settings)) {
      receiver.answer("killed", new Receiver.Answer(0, Map.of(), ""));
      WebhookFixture webhooks = new WebhookFixture(serai);
      webhooks.addFor(receiver.url("killed"));
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < EVENTS; i++) {
        ids.add(webhooks.notify("{\"n\":" + i + "}"));
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> receiver.of("killed").size() >= 10);

      serai.kill();
      receiver.answer("killed", Receiver.Answer.of(204));
      serai.restart();

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(
                          receiver.of("killed").stream()
                              .map(Receiver.Call::id)
                              .collect(Collectors.toSet()))
                      .isEqualTo(ids));
    }
  }
}
