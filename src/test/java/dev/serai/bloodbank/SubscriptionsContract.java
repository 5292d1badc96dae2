package dev.serai.bloodbank;

import static dev.serai.bloodbank.Bus.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Subscriptions over HTTP and replays of history, on any broker. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class SubscriptionsContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final String domain = "d" + UUID.randomUUID().toString().replace("-", "");
  private Path folder;
  private Hook hook;
  private Bus bus;

  /** Settings that choose the broker, which outlives Serai. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    hook = new Hook();
    bus = begin();
  }

  private Bus begin() {
    Map<String, String> settings = new HashMap<>(broker());
    settings.put("serai.webhooks.egress-allow", "127.0.0.0/8");
    return new Bus(folder, settings);
  }

  @AfterAll
  void stop() {
    bus.close();
    hook.close();
  }

  private JsonNode subscribe(String body) throws Exception {
    HttpResponse<String> answer = bus.post("/bloodbank/subscriptions", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  private String url(String pattern) {
    return "{\"pattern\":\"%s\",\"url\":\"%s\"}".formatted(pattern, hook.url());
  }

  @Test
  void brings_events_to_a_url_over_a_restart_until_it_is_removed() throws Exception {
    JsonNode made = subscribe(url(domain + ".voice.*"));
    assertThat(made.path("secret").asText()).startsWith("whsec_");
    bus.publish(domain + ".text.ready", "{\"event_id\":\"s0\",\"payload\":{}}");
    bus.publish(domain + ".voice.ready", "{\"event_id\":\"s1\",\"payload\":{}}");
    await().atMost(PATIENCE).until(() -> hook.received().contains("s1 true null"));

    bus.close();
    bus = begin();
    bus.publish(domain + ".voice.ready", "{\"event_id\":\"s2\",\"payload\":{}}");

    await().atMost(PATIENCE).until(() -> hook.received().contains("s2 true null"));
    assertThat(hook.received()).doesNotContain("s0 true null");
    JsonNode shown = json(bus.get("/bloodbank/subscriptions/" + made.path("id").asText()));
    assertThat(shown.path("pattern")).isEqualTo(made.path("pattern"));
    assertThat(shown.has("secret")).isFalse();
    assertThat(webhooksOf("s2")).isEqualTo("delivered 204");

    HttpResponse<String> refused = bus.delete("/webhooks/" + made.path("webhook").asText());

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).path("detail").asText())
        .contains("DELETE /bloodbank/subscriptions/" + made.path("id").asText());

    HttpResponse<String> removed =
        bus.delete("/bloodbank/subscriptions/" + made.path("id").asText());

    assertThat(removed.statusCode()).as(removed.body()).isEqualTo(204);
    assertThat(bus.admin().getQueueInfo(made.path("queue").asText())).isNull();
    assertThat(bus.get("/webhooks/" + made.path("webhook").asText()).statusCode()).isEqualTo(404);
    assertThat(bus.get("/bloodbank/subscriptions/" + made.path("id").asText()).statusCode())
        .isEqualTo(404);
  }

  /** What the trace says of the first webhook of an event. */
  private String webhooksOf(String event) throws Exception {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                json(bus.get("/trace/" + event))
                    .at("/events/0/webhooks/0/state")
                    .asText()
                    .equals("delivered"));
    JsonNode webhook = json(bus.get("/trace/" + event)).at("/events/0/webhooks/0");
    return webhook.path("state").asText() + " " + webhook.at("/attempts/0/status").asText();
  }

  @Test
  void fills_a_queue_that_the_subscriber_reads_and_keeps_it() throws Exception {
    String queue = "mine-" + UUID.randomUUID();
    JsonNode made =
        subscribe("{\"pattern\":\"%s.mine.#\",\"queue\":\"%s\"}".formatted(domain, queue));
    assertThat(code("{\"pattern\":\"#\",\"queue\":\"%s\"}".formatted(queue)))
        .as("each has a queue of its own")
        .isEqualTo("409 queue-conflict");

    String id = bus.publish(domain + ".mine.ready", "{\"payload\":{}}");
    RabbitTemplate reader = bus.foreign();
    reader.setReceiveTimeout(PATIENCE.toMillis());

    assertThat(reader.receive(queue))
        .extracting(message -> message.getMessageProperties().getMessageId())
        .isEqualTo(id);
    assertThat(bus.delete("/bloodbank/subscriptions/" + made.path("id").asText()).statusCode())
        .isEqualTo(204);
    bus.publish(domain + ".mine.ready", "{\"payload\":{}}");
    assertThat(bus.admin().getQueueInfo(queue).getMessageCount()).isZero();
    bus.admin().deleteQueue(queue);
  }

  @Test
  void refuses_what_cannot_be_and_keeps_nothing_of_it() throws Exception {
    int before = json(bus.get("/bloodbank/subscriptions")).path("items").size();

    assertThat(code("{\"pattern\":\"a.b*\",\"queue\":\"x\"}")).isEqualTo("400 bad-pattern");
    assertThat(code("{\"pattern\":\"a.>\",\"queue\":\"x\"}")).isEqualTo("400 bad-pattern");
    assertThat(code("{\"pattern\":\"#\",\"queue\":\"bloodbank.audit\"}"))
        .isEqualTo("422 unknown-queue");
    assertThat(code("{\"pattern\":\"#\",\"queue\":\"bloodbank.subscription.x\"}"))
        .isEqualTo("409 queue-conflict");
    assertThat(code("{\"pattern\":\"#\",\"url\":\"http://10.0.0.1/\"}"))
        .isEqualTo("400 bad-webhook");
    assertThat(json(bus.get("/bloodbank/subscriptions")).path("items")).hasSize(before);
  }

  private String code(String body) throws Exception {
    HttpResponse<String> answer = bus.post("/bloodbank/subscriptions", body);
    return answer.statusCode() + " " + json(answer).path("code").asText();
  }

  @Test
  void history_is_sent_once_more_to_a_queue_or_a_url() throws Exception {
    for (int i = 0; i < 3; i++) {
      bus.publish(
          domain + ".past.n" + i, "{\"event_id\":\"%s-%d\",\"payload\":{}}".formatted(domain, i));
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                json(bus.get("/bloodbank/events?key=%s.past.*".formatted(domain)))
                        .path("items")
                        .size()
                    == 3);
    String queue = "again-" + UUID.randomUUID();
    bus.bind(queue, "nothing.at.all");

    JsonNode toQueue = replay("\"limit\":2,\"to\":{\"queue\":\"%s\"}".formatted(queue));

    assertThat(toQueue.path("replayed").asInt()).isEqualTo(2);
    Message first = bus.foreign().receive(queue);
    assertThat(first.getMessageProperties().getMessageId()).isEqualTo(domain + "-0");
    assertThat(first.getMessageProperties().<Object>getHeader("serai-replays")).hasToString("1");
    assertThat(first.getMessageProperties().<Object>getHeader("correlationid"))
        .hasToString(domain + "-0");
    bus.admin().deleteQueue(queue);

    hook.answer(500);
    String rest = "\"after\":%d,\"to\":{\"url\":\"%s\"}";
    String url = rest.formatted(toQueue.path("next").asLong(), hook.url());
    JsonNode refused = replay(url);
    hook.answer(204);
    JsonNode taken = replay(url);

    assertThat(refused.path("replayed").asInt()).isZero();
    assertThat(refused.path("next")).isEqualTo(toQueue.path("next"));
    assertThat(refused.path("stopped").path("reason").asText()).isEqualTo("the answer was 500");
    assertThat(taken.path("replayed").asInt()).isEqualTo(1);
    assertThat(taken.has("next")).isFalse();
    assertThat(hook.received()).contains(domain + "-2 false 1");
    assertThat(bus.post("/bloodbank/replays", "{\"to\":{\"queue\":\"chain.dead\"}}").statusCode())
        .isEqualTo(422);
  }

  private JsonNode replay(String fields) throws Exception {
    HttpResponse<String> answer =
        bus.post("/bloodbank/replays", "{\"key\":\"%s.past.*\",%s}".formatted(domain, fields));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }
}
