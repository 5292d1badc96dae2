package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.TestBrokers;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeadLetterRulesOnRabbitIT extends DeadLetterRules {
  private static final int DELIVERY_LIMIT = 2; // as in the topology of the trial pack

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", TestBrokers.rabbitmq().uri());
  }

  @Test
  void an_expired_message_says_so_and_goes_back_to_its_queue() throws Exception {
    trial.publish("expiring", "{\"user_id\":1}", Map.of());
    await().atMost(SOON).until(() -> Long.valueOf(1).equals(trial.depth("lost")));

    JsonNode item = show("lost", "").get("items").get(0);

    assertThat(item.get("reason").asText()).isEqualTo("expired");
    assertThat(item.get("origin").asText()).isEqualTo(trial.queue("expiring"));
    assertThat(replay("lost", "{}").get("replayed").asInt()).isEqualTo(1);
    await().atMost(SOON).until(() -> Long.valueOf(1).equals(trial.depth("lost")));
    assertThat(show("lost", "").get("items").get(0).get("replays").asInt()).isEqualTo(1);
  }

  @Test
  void the_oldest_of_a_full_queue_says_so() throws Exception {
    for (int i = 0; i < 3; i++) {
      trial.publish("full", "{\"user_id\":" + i + "}", Map.of());
    }
    await().atMost(SOON).until(() -> Long.valueOf(1).equals(trial.depth("lost")));

    JsonNode item = show("lost", "").get("items").get(0);

    assertThat(item.get("reason").asText()).isEqualTo("maxlen");
    assertThat(item.get("origin").asText()).isEqualTo(trial.queue("full"));
    assertThat(item.get("payload").get("user_id").asInt()).isZero();
  }

  @Test
  void what_crashed_every_consumer_says_so_and_goes_back_to_its_queue() throws Exception {
    trial.publish("crashing", "{\"user_id\":7}", Map.of());
    for (int delivery = 0; delivery <= DELIVERY_LIMIT; delivery++) {
      takeAndLoseTheConnection("crashing");
    }
    await().atMost(SOON).until(() -> Long.valueOf(1).equals(trial.depth("lost")));

    JsonNode item = show("lost", "").get("items").get(0);

    assertThat(item.get("reason").asText()).isEqualTo("delivery_limit");
    assertThat(item.get("origin").asText()).isEqualTo(trial.queue("crashing"));
    assertThat(trial.depth("crashing")).isZero();
    assertThat(replay("lost", "{}").get("replayed").asInt()).isEqualTo(1);
    assertThat(trial.take("crashing").getBody()).asString().isEqualTo("{\"user_id\":7}");
    assertThat(trial.depth("lost")).isZero();
  }

  /** What a consumer does whose process ends in the middle of a message. */
  private void takeAndLoseTheConnection(String queue) throws Exception {
    try (Connection connection = trial.serai().bean(ConnectionFactory.class).newConnection()) {
      Channel channel = connection.createChannel();
      await()
          .atMost(SOON)
          .until(() -> channel.basicGet(trial.queue(queue), false), Objects::nonNull);
    }
  }
}
