package dev.serai.bloodbank;

import static dev.serai.bloodbank.Bus.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** The event bus of the seed, on any broker. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class BloodbankContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  Bus bus;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path folder) {
    bus = new Bus(folder, broker());
  }

  @AfterAll
  void stop() {
    bus.close();
  }

  @ParameterizedTest
  @CsvSource({
    "transcription.voice.completed, transcription.voice.completed",
    "transcription.voice.*, transcription.voice.completed transcription.voice.failed",
    "transcription.*.*, transcription.voice.completed transcription.voice.failed"
        + " transcription.text.ready",
    "#, transcription.voice.completed transcription.voice.failed transcription.text.ready"
        + " fireflies.transcript.ready artifact.created"
  })
  void a_consumer_of_the_seed_gets_what_its_pattern_matches(String pattern, String expected)
      throws Exception {
    String queue = "my_service_queue-" + UUID.randomUUID();
    bus.bind(queue, pattern);

    for (String key :
        List.of(
            "transcription.voice.completed",
            "transcription.voice.failed",
            "transcription.text.ready",
            "fireflies.transcript.ready",
            "artifact.created")) {
      bus.publish(key, "{\"payload\":{}}");
    }

    RabbitTemplate consumer = bus.foreign();
    List<String> types = new ArrayList<>();
    for (Message message = consumer.receive(queue);
        message != null;
        message = consumer.receive(queue)) {
      JsonNode body = new ObjectMapper().readTree(message.getBody());
      types.add(body.path("event_type").asText());
    }
    bus.admin().deleteQueue(queue);
    assertThat(types).containsExactly(expected.split(" "));
  }

  @Test
  void every_event_is_in_the_history_once_whoever_has_published_it() throws Exception {
    String group = "g-" + UUID.randomUUID();
    String ours =
        bus.publish("agent.thread.prompt", "{\"payload\":{\"n\":1}}", "correlationid", group);
    String body =
        "{\"event_id\":\"%s-2\",\"event_type\":\"agent.thread.prompt\",\"payload\":{}}"
            .formatted(group);
    for (int i = 0; i < 2; i++) { // sent twice, as after a lost confirm
      bus.foreign()
          .send(
              Bus.EXCHANGE,
              "agent.thread.prompt",
              MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8))
                  .setContentType("application/json")
                  .setCorrelationId(group)
                  .build());
    }
    String last = bus.publish("agent.thread.ended", "{\"payload\":{}}", "correlationid", group);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ids("correlation=" + group)).contains(last));
    assertThat(ids("correlation=" + group)).containsExactly(ours, group + "-2", last);
    assertThat(ids("since=1h&key=" + Bus.encoded("agent.*.ended")))
        .contains(last)
        .doesNotContain(ours);
    assertThat(ids("since=1h&key=agent.thread.ended")).contains(last).doesNotContain(ours);
    assertThat(ids("until=1h&correlation=" + group)).isEmpty();
    JsonNode page = json(bus.get("/bloodbank/events?limit=2&correlation=" + group));
    assertThat(page.path("items")).hasSize(2);
    assertThat(page.path("items").get(0).path("event").path("payload").path("n").asInt())
        .isEqualTo(1);
    assertThat(ids("correlation=" + group + "&after=" + page.path("next").asText()))
        .containsExactly(last);
  }

  private List<String> ids(String query) throws Exception {
    HttpResponse<String> answer = bus.get("/bloodbank/events?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return texts(json(answer).path("items"), "event_id");
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  @Test
  void is_healthy_while_the_event_of_the_seed_can_be_published() throws Exception {
    HttpResponse<String> answer = bus.get("/bloodbank/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"healthy\"}");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ids("key=health.check&since=1m")).isNotEmpty());
  }

  @Test
  void the_tree_of_200_events_with_failures_is_complete() throws Exception {
    String first = bus.publish("chain.link.made", "{\"payload\":{\"n\":1}}");

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              JsonNode trace = json(bus.get("/trace/" + first));
              assertThat(trace.path("events")).hasSize(200);
              assertThat(steps(trace, "retried")).hasSize(10);
              assertThat(steps(trace, "parked")).hasSize(4);
            });

    JsonNode trace = json(bus.get("/trace/" + first));
    assertThat(trace.path("complete").asBoolean()).isTrue();
    assertThat(trace.path("correlation_id").asText()).isEqualTo(first);
    assertThat(texts(trace.path("events"), "depth"))
        .isEqualTo(IntStream.range(0, 200).mapToObj(Integer::toString).toList());
    assertThat(steps(trace, "published")).hasSize(200);
    assertThat(steps(trace, "retried"))
        .allSatisfy(
            step -> {
              assertThat(step.path("queue").asText()).isEqualTo("chain.work");
              assertThat(step.path("route").asText()).isEqualTo("chain-make-link");
              assertThat(step.path("attempt").asInt()).isEqualTo(1);
              assertThat(step.path("error").asText()).isEqualTo("not at first");
            });
    assertThat(
            texts(
                json(bus.get("/trace/" + middle(trace) + "?part=ancestors")).path("events"), "id"))
        .hasSize(101);
  }

  private static String middle(JsonNode trace) {
    return trace.path("events").get(100).path("id").asText();
  }

  private static List<JsonNode> steps(JsonNode trace, String what) {
    List<JsonNode> found = new ArrayList<>();
    trace
        .path("events")
        .forEach(
            event ->
                event
                    .path("steps")
                    .forEach(
                        step -> {
                          if (step.path("what").asText().equals(what)) {
                            found.add(step);
                          }
                        }));
    return found;
  }

  @Test
  void a_route_does_an_event_once_also_when_it_failed_at_first() throws Exception {
    String shy = "shy-" + UUID.randomUUID();
    for (int i = 0; i < 2; i++) {
      bus.publish("chain.once.asked", "{\"event_id\":\"%s\",\"payload\":{}}".formatted(shy));
    }
    String last = bus.publish("chain.once.asked", "{\"payload\":{}}");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(json(bus.get("/trace/" + last)).path("events")).hasSize(2);
              assertThat(steps(json(bus.get("/trace/" + shy)), "retried")).hasSize(2);
              assertThat(json(bus.get("/trace/" + shy)).path("events")).hasSize(2);
              assertThat(bus.admin().getQueueInfo("chain.once").getMessageCount()).isZero();
            });
    assertThat(json(bus.get("/trace/" + shy)).path("events")).hasSize(2);
  }

  @Test
  void an_event_that_another_program_publishes_is_in_the_chain_of_its_parent() throws Exception {
    String parent = bus.publish("agent.thread.prompt", "{\"payload\":{}}");
    String child = "foreign-" + UUID.randomUUID();
    String body =
        "{\"event_id\":\"%s\",\"event_type\":\"agent.thread.ended\",\"parent_event_ids\":[\"%s\"]}"
            .formatted(child, parent);

    bus.foreign()
        .send(
            Bus.EXCHANGE,
            "agent.thread.ended",
            MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8)).build());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(texts(json(bus.get("/trace/" + parent)).path("events"), "id"))
                    .containsExactly(parent, child));
    JsonNode trace = json(bus.get("/trace/" + child));
    assertThat(steps(trace, "published"))
        .extracting(step -> step.path("routing_key").asText())
        .containsExactly("agent.thread.prompt", "agent.thread.ended");
  }

  @Test
  void an_event_over_publish_joins_the_group_of_its_parent_and_makes_no_circle() throws Exception {
    String group = "g-" + UUID.randomUUID();
    String parent = bus.publish("agent.thread.prompt", "{\"payload\":{}}", "correlationid", group);
    String path = "/publish/bloodbank.events.v1/agent.thread.ended";

    String child = json(bus.post(path, "{}", "parentids", parent)).path("id").asText();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(texts(json(bus.get("/trace/" + group)).path("events"), "id"))
                    .containsExactly(parent, child));
    assertThat(texts(json(bus.get("/trace/" + child)).path("events"), "correlation_id"))
        .containsExactly(group, group);
    String[] itself = {
      "ce-specversion",
      "1.0",
      "ce-type",
      "t",
      "ce-source",
      "/s",
      "ce-id",
      parent,
      "parentids",
      child
    };
    assertThat(bus.post(path, "{}", itself).statusCode()).isEqualTo(409);
  }

  @Test
  void an_event_is_not_its_own_ancestor() throws Exception {
    String id = "c-" + UUID.randomUUID();
    bus.publish("cycle.test.one", event(id + "1", id + "0"));
    bus.publish("cycle.test.two", event(id + "2", id + "1"));

    HttpResponse<String> itself =
        bus.post("/bloodbank/events/cycle.test.one", event(id + "9", id + "9"));
    HttpResponse<String> round =
        bus.post("/bloodbank/events/cycle.test.one", event(id + "0", id + "2"));

    assertThat(List.of(itself.statusCode(), round.statusCode())).containsExactly(409, 409);
    assertThat(json(round).path("code").asText()).isEqualTo("parent-cycle");
  }

  private static String event(String id, String parent) {
    return "{\"event_id\":\"%s\",\"payload\":{},\"parent_event_ids\":[\"%s\"]}"
        .formatted(id, parent);
  }

  @Test
  void the_trace_of_a_request_goes_through_routes_with_a_span_for_each_hop() throws Exception {
    String queue = "spans-" + UUID.randomUUID();
    bus.bind(queue, "chain.link.made");
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    bus.publish(
        "chain.link.made",
        "{\"payload\":{\"n\":199}}",
        "traceparent",
        "00-" + trace + "-00f067aa0ba902b7-01",
        "tracestate",
        "vendor=1");

    RabbitTemplate consumer = bus.foreign();
    consumer.setReceiveTimeout(PATIENCE.toMillis());
    List<String> spans = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Message message = Objects.requireNonNull(consumer.receive(queue));
      String parent = message.getMessageProperties().getHeader("traceparent");
      assertThat(parent).matches("00-" + trace + "-[0-9a-f]{16}-01");
      assertThat(message.getMessageProperties().<Object>getHeader("tracestate"))
          .hasToString("vendor=1");
      spans.add(parent);
    }
    bus.admin().deleteQueue(queue);
    assertThat(spans).doesNotHaveDuplicates().noneMatch(s -> s.contains("00f067aa0ba902b7"));
  }
}
