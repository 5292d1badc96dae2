package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** What the two HTTP entries put into the queues. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EventsContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SINKS = List.of("events.neo4j", "events.qdrant");

  private SeraiApp serai;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.consume", "none");
    serai = SeraiApp.start(data, settings);
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @BeforeEach
  void empty_the_queues() {
    SINKS.forEach(queue -> serai.bean(RabbitAdmin.class).purgeQueue(queue));
  }

  @Test
  void an_event_reaches_both_queues_with_an_id_and_a_time() throws Exception {
    HttpResponse<String> response = serai.post("/events", event(123, 456, "view"));

    JsonNode answer = JSON.readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(answer.path("status").asText()).isEqualTo("Event queued");
    assertThat(answer.path("state").asText()).isEqualTo("confirmed");
    UUID id = UUID.fromString(answer.path("event_id").asText());
    assertThat(id.version()).isEqualTo(7);
    for (String queue : SINKS) {
      Message message = take(queue);
      JsonNode body = JSON.readTree(message.getBody());
      assertThat(body.path("user_id").asLong()).isEqualTo(123);
      assertThat(body.path("event_id").asText()).isEqualTo(id.toString());
      assertThat(body.path("event_time").asText()).isNotEmpty();
      assertThat(message.getMessageProperties().getMessageId()).isEqualTo(id.toString());
      assertThat(message.getMessageProperties().getReceivedRoutingKey()).isEqualTo("user.event");
      assertThat(message.getMessageProperties().getReceivedExchange()).isEqualTo("events");
    }
  }

  @Test
  void keeps_the_id_the_time_and_all_other_fields_of_the_caller() throws Exception {
    String sent =
        "{\"user_id\":1,\"product_id\":2,\"event_type\":\"view\",\"event_id\":\"mine\\\"1\","
            + "\"event_time\":\"2026-01-02T03:04:05Z\",\"price\":12.10,\"note\":\"\u20ac\"}";

    HttpResponse<String> response = serai.post("/events", sent);

    assertThat(JSON.readTree(response.body()).path("event_id").asText()).isEqualTo("mine\"1");
    assertThat(new String(take("events.neo4j").getBody(), StandardCharsets.UTF_8)).isEqualTo(sent);
  }

  @Test
  void purchases_come_first() throws Exception {
    serai.post("/events", event(1, 1, "view"));
    serai.post("/events", event(1, 2, "purchase"));

    Message first = take("events.neo4j");
    assertThat(JSON.readTree(first.getBody()).path("event_type").asText()).isEqualTo("purchase");
    assertThat(first.getMessageProperties().getPriority()).isEqualTo(9);
    assertThat(take("events.neo4j").getMessageProperties().getPriority()).isZero();
  }

  @Test
  void all_events_of_a_batch_reach_both_queues() throws Exception {
    String batch =
        IntStream.range(0, 1000)
            .mapToObj(i -> event(i, i, "view"))
            .collect(Collectors.joining(",", "[", "]"));

    HttpResponse<String> response = serai.post("/events/batch", batch);

    JsonNode answer = JSON.readTree(response.body());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(answer.path("status").asText()).isEqualTo("Events queued");
    assertThat(answer.path("accepted").asInt()).isEqualTo(1000);
    assertThat(answer.path("event_ids")).hasSize(1000);
    for (String queue : SINKS) {
      List<Integer> users = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        users.add(JSON.readTree(take(queue).getBody()).path("user_id").asInt());
      }
      assertThat(users)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1000).boxed().toList());
    }
  }

  @Test
  void an_empty_batch_is_accepted_and_publishes_nothing() throws Exception {
    HttpResponse<String> response = serai.post("/events/batch", "[]");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).path("accepted").asInt()).isZero();
    assertThat(serai.bean(RabbitAdmin.class).getQueueInfo("events.neo4j").getMessageCount())
        .isZero();
  }

  @Test
  void takes_json_that_curl_calls_a_form() throws Exception {
    HttpResponse<String> response =
        serai.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serai.port() + "/events"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(event(5, 6, "view")))
                .build());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void a_callers_headers_are_not_on_the_message() throws Exception {
    serai.send(
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + serai.port() + "/events?CamelHttpResponseCode=299"))
            .header("CamelSpringRabbitmqPriority", "10")
            .header("CAMELSpringRabbitmqExchangeOverrideName", "events.dlx")
            .header("serai-attempt", "9")
            .header("x-mine", "1")
            .POST(HttpRequest.BodyPublishers.ofString(event(5, 6, "view")))
            .build());

    Message message = take("events.neo4j");
    assertThat(message.getMessageProperties().getPriority()).isZero();
    assertThat(message.getMessageProperties().getHeaders())
        .doesNotContainKeys("serai-attempt", "x-mine", "CamelSpringRabbitmqPriority");
  }

  @Test
  void health_tells_the_true_figures_in_the_shape_of_the_seed() throws Exception {
    serai.post("/events", event(1, 2, "view"));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(JSON.readTree(serai.get("/rabbitmq/health").body()))
                    .isEqualTo(
                        JSON.readTree(
                            """
                            {"status":"healthy","queues":{
                              "events.neo4j":{"messages":1,"consumers":0},
                              "events.qdrant":{"messages":1,"consumers":0},
                              "events.dlq":{"messages":0}}}
                            """)));
  }

  private Message take(String queue) {
    RabbitTemplate template = new RabbitTemplate(serai.bean(ConnectionFactory.class));
    return Optional.ofNullable(template.receive(queue, 5_000)).orElseThrow();
  }

  private static String event(int user, int product, String type) {
    return "{\"user_id\":%d,\"product_id\":%d,\"event_type\":\"%s\"}"
        .formatted(user, product, type);
  }
}
