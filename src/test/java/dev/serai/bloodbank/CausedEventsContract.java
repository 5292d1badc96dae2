package dev.serai.bloodbank;

import static dev.serai.bloodbank.Bus.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Chains of events that were caused by events, and what their traces tell. */
interface CausedEventsContract {
  Duration PATIENCE = Duration.ofSeconds(30);

  /** A bus whose routes cause some. */
  Bus bus();

  @Test
  default void the_tree_of_200_events_with_failures_is_complete() throws Exception {
    String first = bus().publish("chain.link.made", "{\"payload\":{\"n\":1}}");

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              JsonNode trace = trace(first);
              assertThat(trace.path("events")).hasSize(200);
              assertThat(steps(trace, "retried")).hasSize(10);
              assertThat(steps(trace, "parked")).hasSize(4);
            });

    JsonNode trace = trace(first);
    assertThat(trace.path("complete").asBoolean()).isTrue();
    assertThat(trace.path("correlation_id").asText()).isEqualTo(first);
    assertThat(Bus.texts(trace.path("events"), "depth"))
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
    assertThat(Bus.texts(trace(middle(trace) + "?part=ancestors").path("events"), "id"))
        .hasSize(101);
  }

  @Test
  default void a_route_does_an_event_once_also_when_it_failed_at_first() throws Exception {
    String shy = "shy-" + UUID.randomUUID();
    for (int i = 0; i < 2; i++) {
      bus().publish("chain.once.asked", "{\"event_id\":\"%s\",\"payload\":{}}".formatted(shy));
    }
    String last = bus().publish("chain.once.asked", "{\"payload\":{}}");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(trace(last).path("events")).hasSize(2);
              assertThat(steps(trace(shy), "retried")).hasSize(2);
              assertThat(trace(shy).path("events")).hasSize(2);
              assertThat(bus().admin().getQueueInfo("chain.once").getMessageCount()).isZero();
            });
    assertThat(trace(shy).path("events")).hasSize(2);
  }

  @Test
  default void an_event_that_another_program_publishes_is_in_the_chain_of_its_parent()
      throws Exception {
    String parent = bus().publish("agent.thread.prompt", "{\"payload\":{}}");
    String child = "foreign-" + UUID.randomUUID();
    String body =
        "{\"event_id\":\"%s\",\"event_type\":\"agent.thread.ended\",\"parent_event_ids\":[\"%s\"]}"
            .formatted(child, parent);

    bus()
        .foreign()
        .send(
            Bus.EXCHANGE,
            "agent.thread.ended",
            MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8)).build());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Bus.texts(trace(parent).path("events"), "id"))
                    .containsExactly(parent, child));
    JsonNode trace = trace(child);
    assertThat(steps(trace, "published"))
        .extracting(step -> step.path("routing_key").asText())
        .containsExactly("agent.thread.prompt", "agent.thread.ended");
  }

  @Test
  default void an_event_over_publish_joins_the_group_of_its_parent_and_makes_no_circle()
      throws Exception {
    String group = "g-" + UUID.randomUUID();
    String parent =
        bus().publish("agent.thread.prompt", "{\"payload\":{}}", "correlationid", group);
    String path = "/publish/bloodbank.events.v1/agent.thread.ended";

    String child = json(bus().post(path, "{}", "parentids", parent)).path("id").asText();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Bus.texts(trace(group).path("events"), "id"))
                    .containsExactly(parent, child));
    assertThat(Bus.texts(trace(child).path("events"), "correlation_id"))
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
    assertThat(bus().post(path, "{}", itself).statusCode()).isEqualTo(409);
  }

  @Test
  default void an_event_is_not_its_own_ancestor() throws Exception {
    String id = "c-" + UUID.randomUUID();
    bus().publish("cycle.test.one", event(id + "1", id + "0"));
    bus().publish("cycle.test.two", event(id + "2", id + "1"));

    HttpResponse<String> itself =
        bus().post("/bloodbank/events/cycle.test.one", event(id + "9", id + "9"));
    HttpResponse<String> round =
        bus().post("/bloodbank/events/cycle.test.one", event(id + "0", id + "2"));

    assertThat(List.of(itself.statusCode(), round.statusCode())).containsExactly(409, 409);
    assertThat(json(round).path("code").asText()).isEqualTo("parent-cycle");
  }

  @Test
  default void the_trace_of_a_request_goes_through_routes_with_a_span_for_each_hop()
      throws Exception {
    String queue = "spans-" + UUID.randomUUID();
    bus().bind(queue, "chain.link.made");
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    bus()
        .publish(
            "chain.link.made",
            "{\"payload\":{\"n\":199}}",
            "traceparent",
            "00-" + trace + "-00f067aa0ba902b7-01",
            "tracestate",
            "vendor=1");

    RabbitTemplate consumer = bus().foreign();
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
    bus().admin().deleteQueue(queue);
    assertThat(spans).doesNotHaveDuplicates().noneMatch(s -> s.contains("00f067aa0ba902b7"));
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

  private static String event(String id, String parent) {
    return "{\"event_id\":\"%s\",\"payload\":{},\"parent_event_ids\":[\"%s\"]}"
        .formatted(id, parent);
  }

  private JsonNode trace(String id) throws Exception {
    return json(bus().get("/trace/" + id));
  }
}
