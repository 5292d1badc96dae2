package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.RabbitPerClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RabbitMQ makes room: the oldest message is dead-lettered. */
class FullQueueOnRabbitIT extends FullQueueContract {
  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", rabbit.uri());
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
