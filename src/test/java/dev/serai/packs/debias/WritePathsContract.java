package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.debias.SqlGraph;
import dev.serai.debias.UserEvent;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** The phases of the seed's migration: direct, both, queue. */
@Timeout(120)
abstract class WritePathsContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 1000;
  private static final int SINGLES = 5;

  @TempDir private Path data;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @Test
  void the_same_thousand_events_give_the_same_graph_on_each_path() throws Exception {
    Requests thousand = new Requests("/events/batch", List.of(batch(EVENTS)), EVENTS);
    List<UserEvent> direct = graphAfter("direct", thousand);
    List<UserEvent> both = graphAfter("both", thousand);
    List<UserEvent> queue = graphAfter("queue", thousand);

    assertThat(direct).hasSize(EVENTS);
    assertThat(both).isEqualTo(direct);
    assertThat(queue).isEqualTo(direct);
  }

  @Test
  void the_same_events_sent_one_by_one_give_the_same_graph_on_each_path() throws Exception {
    List<UserEvent> direct = graphAfter("direct", singles());
    List<UserEvent> both = graphAfter("both", singles());
    List<UserEvent> queue = graphAfter("queue", singles());

    assertThat(direct).hasSize(SINGLES);
    assertThat(both).isEqualTo(direct);
    assertThat(queue).isEqualTo(direct);
  }

  @Test
  void direct_publishes_nothing_and_says_that_the_event_is_stored() throws Exception {
    try (SeraiApp serai = start("direct", Map.of())) {
      HttpResponse<String> response = serai.post("/events", event(0));

      assertThat(JSON.readTree(response.body()).path("status").asText()).isEqualTo("Event stored");
      assertThat(JSON.readTree(response.body()).path("state").asText()).isEqualTo("stored");
      assertThat(take(serai, 10)).isEmpty();
    }
  }

  @Test
  void direct_answers_503_with_retry_after_when_the_graph_is_down() throws Exception {
    Map<String, String> away =
        Map.of("debias.graph.neo4j-uri", "bolt://127.0.0.1:1", "debias.graph.neo4j-timeout", "1s");
    try (SeraiApp serai = start("direct", away)) {
      HttpResponse<String> response = serai.post("/events/batch", batch(2));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(JSON.readTree(response.body()).path("code").asText())
          .isEqualTo("graph-unavailable");
      assertThat(take(serai, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/events/batch"})
  void both_queues_the_event_although_the_graph_is_down(String entry) throws Exception {
    Map<String, String> away =
        Map.of("debias.graph.neo4j-uri", "bolt://127.0.0.1:1", "debias.graph.neo4j-timeout", "1s");
    try (SeraiApp serai = start("both", away)) {
      HttpResponse<String> response =
          serai.post(entry, entry.equals("/events") ? event(0) : batch(1));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(response.headers().firstValue("Retry-After")).isEmpty();
      assertThat(take(serai, 2)).hasSize(1);
    }
  }

  @Test
  void both_compares_what_each_path_has_stored() throws Exception {
    try (SeraiApp serai = start("both", Map.of())) {
      serai.post("/events/batch", batch(2));
      serai.post("/events", event(2));
      List<Message> queued = take(serai, 3);

      store(serai, queued.subList(0, 2));

      JsonNode comparison = JSON.readTree(serai.get("/debias/comparison").body());
      assertThat(comparison.path("direct").asInt()).isEqualTo(3);
      assertThat(comparison.path("queue").asInt()).isEqualTo(2);
      assertThat(comparison.path("same").asInt()).isEqualTo(2);
      assertThat(comparison.path("only_direct")).hasSize(1);
      assertThat(comparison.path("only_queue")).isEmpty();
      assertThat(comparison.path("different")).isEmpty();
    }
  }

  /** What is posted, and how many events are in it. */
  private record Requests(String entry, List<String> bodies, int events) {}

  private static Requests singles() {
    List<String> bodies = IntStream.range(0, SINGLES).mapToObj(WritePathsContract::event).toList();
    return new Requests("/events", bodies, SINGLES);
  }

  private List<UserEvent> graphAfter(String path, Requests requests) throws Exception {
    try (SeraiApp serai = start(path, Map.of())) {
      for (String body : requests.bodies()) {
        HttpResponse<String> response = serai.post(requests.entry(), body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      }
      if (!path.equals("direct")) {
        store(serai, take(serai, requests.events()));
      }
      return serai.bean(SqlGraph.class).interactions(7, requests.events() + 1);
    }
  }

  /** What the graph's worker does with the messages of its queue. */
  private static void store(SeraiApp serai, List<Message> messages) throws Exception {
    try (ProducerTemplate camel = serai.bean(CamelContext.class).createProducerTemplate()) {
      camel.sendBody(
          "direct:debias-store-events-in-graph", messages.stream().map(Message::getBody).toList());
    }
  }

  private static List<Message> take(SeraiApp serai, int most) {
    RabbitTemplate template = new RabbitTemplate(serai.bean(ConnectionFactory.class));
    List<Message> taken = new ArrayList<>();
    Message next = template.receive("events.neo4j");
    while (next != null && taken.size() < most) {
      taken.add(next);
      next = taken.size() < most ? template.receive("events.neo4j") : null;
    }
    return taken;
  }

  private SeraiApp start(String path, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.consume", "none");
    settings.put("debias.write-path", path);
    settings.putAll(more);
    SeraiApp serai = SeraiApp.start(data.resolve(path + more.size()), settings);
    List.of("events.neo4j", "events.qdrant")
        .forEach(queue -> serai.bean(RabbitAdmin.class).purgeQueue(queue));
    return serai;
  }

  private static String batch(int events) {
    return IntStream.range(0, events)
        .mapToObj(WritePathsContract::event)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String event(int number) {
    return """
        {"user_id":7,"product_id":%d,"event_type":"view","event_id":"e-%d",\
        "event_time":"2026-01-02T03:04:05Z"}"""
        .formatted(number, number);
  }
}
