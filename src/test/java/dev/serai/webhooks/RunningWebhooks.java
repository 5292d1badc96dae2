package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.SeraiApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Serai with webhooks for all tests of a class, and who is told. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class RunningWebhooks {
  static final Duration LONG = Duration.ofSeconds(30);
  SeraiApp serai;
  WebhookFixture webhooks;
  Receiver receiver;

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

  @AfterEach
  void remove_all() throws Exception {
    for (JsonNode webhook : webhooks.get("/webhooks").path("items")) {
      webhooks.send("DELETE", "/webhooks/" + webhook.path("id").asText(), "");
    }
  }

  void awaitCall(String path, String id) {
    await(path).atMost(LONG).until(() -> receiver.ids(path).contains(id));
  }

  void awaitCalls(String path, int count) {
    await(path).atMost(LONG).untilAsserted(() -> assertThat(receiver.of(path)).hasSize(count));
  }

  JsonNode awaitAttempts(String webhook, int count) {
    return await(webhook)
        .atMost(LONG)
        .until(
            () -> webhooks.get("/webhooks/" + webhook + "/attempts").path("items"),
            items -> items.size() == count);
  }

  static String id(JsonNode webhook) {
    return webhook.path("id").asText();
  }
}
