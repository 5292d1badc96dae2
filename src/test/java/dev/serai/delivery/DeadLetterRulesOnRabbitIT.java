package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.TestBrokers;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterRulesOnRabbitIT extends DeadLetterRules {
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
}
