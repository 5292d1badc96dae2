package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.SeraiApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks from the request to the receiver. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class WebhooksContract {
  private static final Duration LONG = Duration.ofSeconds(20);
  private SeraiApp serai;
  private WebhookFixture webhooks;
  private Receiver receiver;

  /** Settings that choose the broker and the database. */
  abstract Map<String, String> surroundings();

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    receiver = new Receiver();
    serai = SeraiApp.start(data, WebhookFixture.settings(surroundings()));
    webhooks = new WebhookFixture(serai);
  }

  @AfterAll
  void stop() throws Exception {
    serai.close();
    receiver.close();
  }

  @Test
  void a_notification_reaches_who_wants_all() throws Exception {
    JsonNode webhook = webhooks.add("{\"url\":\"%s\"}".formatted(receiver.url("all")));

    String id = webhooks.notify("{\"hello\":1}");

    await().atMost(LONG).untilAsserted(() -> assertThat(receiver.of("all")).hasSize(1));
    Receiver.Call call = receiver.of("all").get(0);
    assertThat(call.id()).isEqualTo(id);
    assertThat(call.body()).isEqualTo("{\"hello\":1}");
    String at = "/webhooks/" + webhook.path("id").asText() + "/attempts";
    await().atMost(LONG).untilAsserted(() -> assertThat(webhooks.get(at).path("items")).hasSize(1));
  }
}
