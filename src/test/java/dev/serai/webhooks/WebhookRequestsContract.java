package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** Webhooks as they are asked for, and what reaches them. */
abstract class WebhookRequestsContract extends RunningWebhooks {
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

  /** With the library of those who wrote the standard. */
  private static void verify(String secret, Receiver.Call call) throws Exception {
    Map<String, List<String>> headers = new HashMap<>();
    call.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    new Webhook(secret).verify(call.body(), HttpHeaders.of(headers, (name, value) -> true));
  }
}
