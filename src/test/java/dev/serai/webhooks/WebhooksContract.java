package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import dev.serai.support.SeraiApp;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** Webhooks from the request to the receiver. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class WebhooksContract {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int EVENTS = Boolean.getBoolean("serai.test.long") ? 10_000 : 500;
  private static final String TOLD = "test.webhooks.told";
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
    RabbitAdmin broker = serai.bean(RabbitAdmin.class);
    broker.declareQueue(new Queue(TOLD));
    broker.declareBinding(
        BindingBuilder.bind(new Queue(TOLD)).to(new TopicExchange("serai")).with("webhook.#"));
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

  @Test
  void a_notification_reaches_who_wants_all_and_is_signed() throws Exception {
    JsonNode webhook =
        webhooks.add(
            "{\"url\":\"%s\",\"auth\":{\"Authorization\":\"Bearer top\"}}"
                .formatted(receiver.url("all")));

    String id = webhooks.notify("{\"hello\":1}");

    awaitCalls("all", 1);
    Receiver.Call call = receiver.of("all").get(0);
    assertThat(call.id()).isEqualTo(id);
    assertThat(call.body()).isEqualTo("{\"hello\":1}");
    assertThat(call.headers()).containsEntry("authorization", "Bearer top");
    verify(webhook.path("secret").asText(), call);
    JsonNode attempt = awaitAttempts(id(webhook), 1).get(0);
    assertThat(attempt.path("status").asInt()).isEqualTo(204);
    assertThat(attempt.path("state").asText()).isEqualTo("delivered");
    assertThat(attempt.path("message_id").asText()).isEqualTo(id);
    assertThat(webhooks.get("/webhooks/" + id(webhook)).toString())
        .doesNotContain("whsec_")
        .doesNotContain("top");
    assertThat(serai.get("/metrics").body())
        .contains("serai_webhook_attempts_total{endpoint=\"" + id(webhook));
  }

  @Test
  void only_who_wants_the_type_gets_it() throws Exception {
    webhooks.add("{\"url\":\"%s\",\"types\":[\"order.*\"]}".formatted(receiver.url("orders")));
    webhooks.add("{\"url\":\"%s\",\"types\":[\"any\"]}".formatted(receiver.url("keys")));

    webhooks.notify("{\"type\":\"user.left\"}");
    webhooks.notify("{\"type\":\"order.paid\"}");
    webhooks.notify("{\"x\":1}"); // the routing key is "any"

    awaitCalls("orders", 1);
    awaitCalls("keys", 1);
    assertThat(receiver.of("orders").get(0).body()).contains("order.paid");
    assertThat(receiver.of("keys").get(0).body()).contains("x");
  }

  @Test
  void a_wrong_webhook_is_refused_with_each_field() throws Exception {
    JsonNode problem =
        webhooks.post(
            "/webhooks",
            "{\"url\":\"http://169.254.169.254/\",\"secret\":\"x\",\"schedule\":[\"soon\"],"
                + "\"headers\":{\"Host\":\"a\"}}",
            400);

    assertThat(problem.path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("#/url", "#/secret", "#/schedule/0", "#/headers/Host");
    assertThat(webhooks.post("/webhooks", "{\"urls\":1}", 400).path("code").asText())
        .isEqualTo("invalid");
  }

  @Test
  void what_fails_is_tried_again_and_the_receiver_knows_it_by_its_id() throws Exception {
    receiver.answer("flaky", new Receiver.Answer(500, Map.of(), "not now"));
    String webhook = webhooks.addFor(receiver.url("flaky"));

    String id = webhooks.notify("{}");
    awaitCalls("flaky", 2);
    receiver.answer("flaky", Receiver.Answer.of(200));
    JsonNode failed = awaitAttempts(webhook, 2).get(1);

    assertThat(failed.path("answer").asText()).isEqualTo("not now");
    assertThat(failed.path("next").asText()).isNotEmpty(); // in an hour
    resend(webhook, failed);
    awaitCalls("flaky", 3);
    assertThat(receiver.of("flaky")).extracting(Receiver.Call::id).containsOnly(id);
    assertThat(awaitAttempts(webhook, 3).get(0).path("state").asText()).isEqualTo("delivered");
  }

  @Test
  void what_has_failed_for_good_is_replayed() throws Exception {
    receiver.answer("late", Receiver.Answer.of(302));
    JsonNode webhook =
        webhooks.add(
            "{\"url\":\"%s\",\"types\":[\"late\"],\"schedule\":[\"0s\"]}"
                .formatted(receiver.url("late")));
    webhooks.notify("{\"type\":\"late\",\"n\":1}");
    awaitCalls("late", 1);
    assertThat(awaitAttempts(id(webhook), 1).get(0).path("state").asText()).isEqualTo("failed");
    receiver.answer("late", Receiver.Answer.of(204));
    webhooks.notify("{\"type\":\"late\",\"n\":2}");
    awaitCalls("late", 2);
    awaitAttempts(id(webhook), 2);
    String replay = "/webhooks/" + id(webhook) + "/replay";

    assertThat(
            webhooks
                .post(replay, "{\"since\":\"1h\",\"undelivered\":true}", 202)
                .path("count")
                .asInt())
        .isEqualTo(1);
    awaitCalls("late", 3);
    assertThat(receiver.of("late").get(2).body()).contains("\"n\":1");
    awaitAttempts(id(webhook), 3);
    int all = webhooks.post(replay, "{\"since\":\"1h\"}", 202).path("count").asInt();

    assertThat(all).isEqualTo(2);
    awaitCalls("late", 3 + all);
  }

  @Test
  void both_secrets_sign_during_a_rotation() throws Exception {
    JsonNode webhook = webhooks.add("{\"url\":\"%s\"}".formatted(receiver.url("rotated")));
    String rotate = "/webhooks/" + id(webhook) + "/secret/rotate";
    String old = webhook.path("secret").asText();
    String secret = webhooks.post(rotate, "{}", 200).path("secret").asText();

    webhooks.notify("{}");
    awaitCalls("rotated", 1);
    verify(old, receiver.of("rotated").get(0));
    verify(secret, receiver.of("rotated").get(0));
    String last = webhooks.post(rotate, "{\"overlap\":\"0s\"}", 200).path("secret").asText();
    webhooks.notify("{}");

    awaitCalls("rotated", 2);
    verify(last, receiver.of("rotated").get(1));
    assertThat(receiver.of("rotated").get(1).headers().get("webhook-signature"))
        .doesNotContain(" ");
  }

  @Test
  void who_is_gone_is_disabled_and_it_is_told() throws Exception {
    receiver.answer("gone", Receiver.Answer.of(410));
    String webhook = webhooks.addFor(receiver.url("gone"));

    webhooks.notify("{}");

    await()
        .atMost(LONG)
        .until(() -> !webhooks.get("/webhooks/" + webhook).path("enabled").asBoolean());
    assertThat(webhooks.get("/webhooks/" + webhook).at("/disabled/reason").asText())
        .isEqualTo("gone");
    assertThat(told(webhook)).isEqualTo("webhook.disabled gone");
    webhooks.notify("{}");
    receiver.answer("gone", Receiver.Answer.of(204));
    webhooks.send("PATCH", "/webhooks/" + webhook, "{\"enabled\":true}");
    String id = webhooks.notify("{}");
    await()
        .atMost(LONG)
        .until(() -> receiver.of("gone").stream().anyMatch(call -> call.id().equals(id)));
  }

  @Test
  void nobody_is_called_before_it_wants_that() throws Exception {
    receiver.answer("busy", new Receiver.Answer(429, Map.of("Retry-After", "2"), ""));
    webhooks.addFor(receiver.url("busy"));

    webhooks.notify("{}");

    awaitCalls("busy", 1);
    receiver.answer("busy", Receiver.Answer.of(204));
    webhooks.notify("{}");
    awaitCalls("busy", 3);
    List<Receiver.Call> calls = receiver.of("busy");
    assertThat(Duration.ofNanos(calls.get(1).atNanos() - calls.get(0).atNanos()))
        .isGreaterThan(Duration.ofMillis(1900));
  }

  @Test
  void one_that_fails_for_long_is_disabled_tried_and_gets_what_waits() throws Exception {
    receiver.answer("down", Receiver.Answer.of(503));
    JsonNode webhook =
        webhooks.add(
            "{\"url\":\"%s\",\"schedule\":[\"0s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\"]}"
                .formatted(receiver.url("down")));
    webhooks.notify("{\"n\":1}");
    await()
        .atMost(LONG)
        .until(
            () ->
                webhooks
                    .get("/webhooks/" + id(webhook))
                    .at("/disabled/reason")
                    .asText()
                    .equals("failing"));
    assertThat(told(id(webhook))).isEqualTo("webhook.disabled failing");
    String id = webhooks.notify("{\"n\":2}"); // it waits

    receiver.answer("down", Receiver.Answer.of(204));

    await()
        .atMost(LONG)
        .until(() -> receiver.of("down").stream().anyMatch(call -> call.id().equals(id)));
    assertThat(told(id(webhook))).isEqualTo("webhook.enabled answers");
    assertThat(webhooks.get("/webhooks/" + id(webhook)).path("enabled").asBoolean()).isTrue();
  }

  @Test
  void a_dead_one_keeps_nobody_waiting_and_has_no_more_than_its_slots() throws Exception {
    receiver.answer("dead", new Receiver.Answer(0, Map.of(), ""));
    webhooks.addFor(receiver.url("dead"));
    List<String> healthy = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      healthy.add(webhooks.addFor(receiver.url("healthy" + i)));
    }

    List<String> ids = new ArrayList<>();
    for (int i = 0; i < EVENTS; i += 100) {
      String batch =
          IntStream.range(i, i + 100)
              .mapToObj(n -> "{\"n\":" + n + "}")
              .collect(Collectors.joining(",", "[", "]"));
      webhooks
          .post("/publish/helixagent.notifications/any/batch", batch, 202)
          .path("ids")
          .forEach(id -> ids.add(id.asText()));
    }

    for (int i = 0; i < 20; i++) {
      String path = "healthy" + i;
      await(path)
          .atMost(Duration.ofSeconds(100))
          .until(() -> Set.copyOf(idsAt(path)).size() >= EVENTS);
    }
    for (int i = 0; i < 20; i++) {
      List<String> again = new ArrayList<>(idsAt("healthy" + i));
      ids.forEach(again::remove);
      assertThat(idsAt("healthy" + i)).containsAll(ids);
      assertThat(webhooks.failed(healthy.get(i))).containsAll(again); // the machine may be busy
    }
    assertThat(receiver.mostOpen("dead")).isEqualTo(10);
  }

  @Test
  void a_message_that_comes_twice_is_delivered_once() throws Exception {
    webhooks.addFor(receiver.url("twice"));
    RabbitAdmin broker = serai.bean(RabbitAdmin.class);
    Message message =
        MessageBuilder.withBody("{}".getBytes(UTF_8))
            .setMessageId("same-" + System.nanoTime())
            .build();

    broker.getRabbitTemplate().send("helixagent.notifications", "any", message);
    awaitCalls("twice", 1);
    broker.getRabbitTemplate().send("helixagent.notifications", "any", message);
    String last = webhooks.notify("{}");

    await()
        .atMost(LONG)
        .until(() -> receiver.of("twice").stream().anyMatch(call -> call.id().equals(last)));
    assertThat(receiver.of("twice")).hasSize(2);
  }

  private List<String> idsAt(String path) {
    return receiver.of(path).stream().map(Receiver.Call::id).toList();
  }

  private void awaitCalls(String path, int count) {
    await(path).atMost(LONG).untilAsserted(() -> assertThat(receiver.of(path)).hasSize(count));
  }

  private JsonNode awaitAttempts(String webhook, int count) {
    return await(webhook)
        .atMost(LONG)
        .until(
            () -> webhooks.get("/webhooks/" + webhook + "/attempts").path("items"),
            items -> items.size() == count);
  }

  private void resend(String webhook, JsonNode attempt) throws Exception {
    webhooks.post(
        "/webhooks/" + webhook + "/attempts/" + attempt.path("id").asText() + "/resend", "", 202);
  }

  /** Routing key and reason of the next event about a webhook. */
  private String told(String webhook) throws Exception {
    while (true) {
      Message message =
          serai.bean(RabbitAdmin.class).getRabbitTemplate().receive(TOLD, LONG.toMillis());
      assertThat(message).isNotNull();
      JsonNode event = WebhookFixture.JSON.readTree(message.getBody());
      if (event.at("/data/webhook").asText().equals(webhook)) {
        return message.getMessageProperties().getReceivedRoutingKey()
            + " "
            + event.at("/data/reason").asText();
      }
    }
  }

  private static String id(JsonNode webhook) {
    return webhook.path("id").asText();
  }

  /** With the library of those who wrote the standard. */
  private static void verify(String secret, Receiver.Call call) throws Exception {
    Map<String, List<String>> headers = new HashMap<>();
    call.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    new Webhook(secret).verify(call.body(), HttpHeaders.of(headers, (name, value) -> true));
  }
}
