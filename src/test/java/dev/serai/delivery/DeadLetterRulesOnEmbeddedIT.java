package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterRulesOnEmbeddedIT extends DeadLetterRules {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }

  @Test
  void asks_where_to_send_what_the_broker_dead_lettered_without_a_word() throws Exception {
    trial.publish("expiring", "{\"user_id\":1}", Map.of());
    await().atMost(SOON).until(() -> Long.valueOf(1).equals(trial.depth("lost")));

    JsonNode item = show("lost", "").get("items").get(0);

    assertThat(item.get("origin").isNull()).isTrue();
    assertThat(item.get("reason").asText()).startsWith("dead-lettered by the broker");
    assertProblem(post("lost", "{}"), 409, "unknown-origin");
    assertThat(trial.depth("lost")).isEqualTo(1);
  }

  @Test
  void sends_it_where_it_is_told() throws Exception {
    trial.publish("expiring", "{\"user_id\":1}", Map.of());
    await().atMost(SOON).until(() -> Long.valueOf(1).equals(trial.depth("lost")));
    Trial.Attempts attempts = trial.target("work", (body, attempt, exchange) -> {});

    replay("lost", "{\"to\":\"" + trial.queue("work") + "\"}");

    await().atMost(SOON).until(() -> attempts.count() == 1);
    assertThat(trial.depth("lost")).isZero();
  }
}
