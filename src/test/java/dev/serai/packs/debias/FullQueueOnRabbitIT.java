package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.RabbitNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** RabbitMQ makes room: the oldest message is dead-lettered. */
@SuppressWarnings("NullAway.Init") // started before all tests
class FullQueueOnRabbitIT extends FullQueueContract {
  private RabbitNode node;

  @Override
  Map<String, String> broker() {
    node = RabbitNode.start();
    return Map.of("serai.broker.uri", node.uri());
  }

  @AfterAll
  @Override
  void stop() {
    super.stop();
    node.close();
  }

  @Test
  void one_more_event_parks_the_oldest_of_each_queue_which_can_be_sent_back() throws Exception {
    ok(serai.post("/events", event(LENGTH)));
    awaitDepth(PARKED, 2);

    List<String> origins = new ArrayList<>();
    for (JsonNode item : ok(serai.operatorGet("/dlq/" + PARKED)).path("items")) {
      assertThat(item.path("reason").asText()).isEqualTo("maxlen");
      assertThat(item.at("/payload/user_id").asInt(-1)).isZero();
      origins.add(item.path("origin").asText());
    }
    assertThat(origins).containsExactlyInAnyOrderElementsOf(SINKS);

    makeRoom();
    JsonNode done = ok(serai.operatorPost("/dlq/" + PARKED + "/replay", "{}"));

    assertThat(done.path("replayed").asInt()).isEqualTo(2);
    SINKS.forEach(queue -> awaitDepth(queue, LENGTH));
    awaitDepth(PARKED, 0);
  }
}
