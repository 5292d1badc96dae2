package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** The embedded broker refuses: a documented difference. */
class FullQueueOnEmbeddedIT extends FullQueueContract {

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }

  @Test
  void one_more_event_is_answered_503_until_there_is_room() throws Exception {
    HttpResponse<String> refused = serai.post("/events", event(LENGTH));

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
    assertThat(JSON.readTree(refused.body()).path("code").asText()).isEqualTo("queue-full");

    makeRoom();

    ok(serai.post("/events", event(LENGTH)));
    SINKS.forEach(queue -> awaitDepth(queue, LENGTH));
    awaitDepth(PARKED, 0);
  }

  @Test
  void an_event_that_one_full_queue_refuses_is_in_no_other() throws Exception {
    serai.bean(RabbitAdmin.class).purgeQueue(SINKS.get(1));

    HttpResponse<String> refused = serai.post("/events", event(LENGTH));

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    awaitDepth(SINKS.get(0), LENGTH);
    awaitDepth(SINKS.get(1), 0);
  }
}
