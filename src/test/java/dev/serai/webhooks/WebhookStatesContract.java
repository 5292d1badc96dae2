package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** Webhooks that Serai disables and enables, and tells of it. */
abstract class WebhookStatesContract extends RunningWebhooks {
  private static final String TOLD = "test.webhooks.told";

  @BeforeAll
  void listen() {
    RabbitAdmin broker = serai.bean(RabbitAdmin.class);
    broker.declareQueue(new Queue(TOLD));
    broker.declareBinding(
        BindingBuilder.bind(new Queue(TOLD)).to(new TopicExchange("serai")).with("webhook.#"));
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
  void who_asks_for_it_is_disabled_and_it_is_told() throws Exception {
    receiver.answer("asks", new Receiver.Answer(200, Map.of("webhook-delivery", "disable"), ""));
    String webhook = webhooks.addFor(receiver.url("asks"));

    webhooks.notify("{}");

    assertThat(told(webhook)).isEqualTo("webhook.disabled asked");
    JsonNode disabled = webhooks.get("/webhooks/" + webhook);
    assertThat(disabled.path("enabled").asBoolean()).isFalse();
    assertThat(disabled.at("/disabled/reason").asText()).isEqualTo("asked");
    assertThat(awaitAttempts(webhook, 1).get(0).path("state").asText()).isEqualTo("delivered");
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
}
