package dev.serai.publish;

import static dev.serai.publish.Counter.assertProblem;
import static dev.serai.publish.Counter.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;

/** What becomes of a CloudEvent in each of the three modes of the HTTP binding. */
abstract class CloudEventsContract extends CounterContract {
  private static final String ONE = "application/cloudevents+json; charset=UTF-8";
  private static final String SEVERAL = "application/cloudevents-batch+json";
  private static final String NEEDED =
      "\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/shop\",\"type\":\"dev.shop.ordered\"";

  @Test
  void binary_the_headers_become_attributes_and_the_body_the_data() throws Exception {
    HttpResponse<String> response =
        counter.publish(
            "$counter.strict/order.new",
            "application/vnd.order+json",
            "{\"total\": 12.10}",
            headers("ce-subject", "Euro%20%E2%82%AC", "ce-sequence", "\"00 7\"", "x-mine", "1"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(json(response).path("id").asText()).isEqualTo("e-1");
    Message message = counter.take("in");
    assertThat(message.getBody()).asString().isEqualTo("{\"total\": 12.10}");
    assertThat(message.getMessageProperties().getMessageId()).isEqualTo("e-1");
    assertThat(message.getMessageProperties().getContentType())
        .isEqualTo("application/vnd.order+json");
    assertThat(attributes(message))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "specversion", "1.0",
                "id", "e-1",
                "source", "/shop",
                "type", "dev.shop.ordered",
                "subject", "Euro \u20ac",
                "sequence", "00 7"));
    assertThat(message.getMessageProperties().getHeaders()).doesNotContainKey("x-mine");
  }

  @Test
  void binary_an_event_may_have_no_data() throws Exception {
    HttpResponse<String> response =
        counter.publish("$counter.strict/order.new", "application/json", "", headers());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(counter.take("in").getBody()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"data\":{\"total\":12.10}|application/json|{\"total\":12.10}",
        "\"data\":\"text\"|application/json|\"text\"",
        "\"datacontenttype\":\"application/vnd.o+json\",\"data\":[1]|application/vnd.o+json|[1]",
        "\"datacontenttype\":\"text/plain\",\"data\":\"text\"|text/plain|text",
        "\"datacontenttype\":\"image/x\",\"data_base64\":\"aGk=\"|image/x|hi",
        "\"time\":\"2026-01-02T03:04:05Z\"|application/json|``"
      })
  void structured_the_data_become_the_body(String more, String type, String body) throws Exception {
    HttpResponse<String> response =
        counter.publish("$counter.strict/order.new", ONE, "{" + NEEDED + "," + more + "}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(json(response).path("id").asText()).isEqualTo("e-1");
    Message message = counter.take("in");
    assertThat(message.getBody()).asString().isEqualTo(body);
    assertThat(message.getMessageProperties().getContentType()).isEqualTo(type);
    assertThat(attributes(message))
        .containsEntry("source", "/shop")
        .doesNotContainKeys("data", "data_base64", "datacontenttype");
  }

  @Test
  void structured_attributes_keep_their_type_and_null_is_none() throws Exception {
    counter.publish(
        "$counter.strict/order.new",
        ONE,
        "{"
            + NEEDED
            + ",\"count\":7,\"final\":true,\"subject\":null,\"correlationid\":\"c-1\",\"data\":1}");

    assertThat(attributes(counter.take("in")))
        .containsEntry("count", 7)
        .containsEntry("final", true)
        .containsEntry("correlationid", "c-1")
        .doesNotContainKey("subject");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/batch"})
  void batched_each_event_is_a_message_with_its_own_attributes(String tail) throws Exception {
    String batch =
        "[{%s,\"data\":1},{%s,\"datacontenttype\":\"text/plain\",\"data\":\"two\"}]"
            .formatted(NEEDED, NEEDED.replace("e-1", "e-2"));

    HttpResponse<String> response =
        counter.publish("$counter.strict/order.new" + tail, SEVERAL, batch);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(json(response)).hasToString("{\"ids\":[\"e-1\",\"e-2\"],\"state\":\"confirmed\"}");
    List<Message> messages = List.of(counter.take("in"), counter.take("in"));
    assertThat(messages)
        .extracting(
            message -> attributes(message).get("id"),
            message -> message.getMessageProperties().getContentType(),
            message -> new String(message.getBody(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder(
            Tuple.tuple("e-1", "application/json", "1"), Tuple.tuple("e-2", "text/plain", "two"));
  }

  @Test
  void batched_nothing_is_published_and_every_bad_index_is_named() throws Exception {
    String batch =
        "[{%s},{\"id\":\"e-2\"},{%s},7,{%s,\"a/b\":1}]".formatted(NEEDED, NEEDED, NEEDED);

    for (String tail : List.of("", "/batch")) {
      JsonNode problem =
          assertProblem(
              counter.publish("$counter.strict/order.new" + tail, SEVERAL, batch),
              400,
              "bad-cloudevent");
      assertThat(problem.path("errors").findValuesAsText("pointer"))
          .containsExactly("#/1/source", "#/1/specversion", "#/1/type", "#/3", "#/4/a~1b");
    }

    counter.assertNothingInAnyQueue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "\"specversion\":\"0.3\"",
        "\"id\":\"\"",
        "\"id\":7",
        "\"datacontenttype\":5",
        "\"datacontenttype\":\"\"",
        "\"data_base64\":5",
        "\"data_base64\":\"***\"",
        "\"data\":1,\"data_base64\":\"aGk=\"",
        "\"other\":{\"a\":1}",
        "\"other\":1.5",
        "\"Other\":\"x\"",
        "\"subject\":\"a\\u0007b\"",
      })
  void structured_what_is_no_event_is_answered_400_with_the_place(String fault) throws Exception {
    String name = fault.startsWith("\"") ? fault.substring(1, fault.indexOf('"', 1)) : "";
    String body = name.isEmpty() ? fault : "{" + without(name) + fault + "}";

    JsonNode problem =
        assertProblem(
            counter.publish("$counter.strict/order.new", ONE, body), 400, "bad-cloudevent");

    assertThat(problem.path("errors")).isNotEmpty();
    counter.assertNothingInAnyQueue();
  }

  @Test
  void attributes_that_no_message_can_carry_are_answered_400() throws Exception {
    String id = NEEDED.replace("e-1", "\u20ac".repeat(86));
    String name = NEEDED + ",\"" + "n".repeat(101) + "\":1";
    String large = NEEDED + ",\"subject\":\"" + "x".repeat(32 * 1024) + "\"";

    for (String attributes : List.of(id, name, large)) {
      assertProblem(
          counter.publish("$counter.strict/order.new", ONE, "{" + attributes + "}"),
          400,
          "bad-cloudevent");
      assertProblem(
          counter.publish("$counter.strict/order.new/batch", SEVERAL, "[{" + attributes + "}]"),
          400,
          "bad-cloudevent");
    }

    counter.assertNothingInAnyQueue();
  }

  @Test
  void binary_what_is_no_event_is_answered_400_with_the_header() throws Exception {
    JsonNode problem =
        assertProblem(
            counter.publish(
                "$counter.strict/order.new",
                "application/json",
                "{}",
                "ce-id",
                "e-1",
                "ce-specversion",
                "2.0",
                "ce-type",
                "%FF",
                "ce-datacontenttype",
                "text/plain"),
            400,
            "bad-cloudevent");

    assertThat(problem.path("errors").findValuesAsText("pointer"))
        .contains("ce-source", "ce-specversion", "ce-type", "ce-datacontenttype");
    assertProblem(
        counter.publish("$counter.strict/order.new", "application/json", "{", headers()),
        400,
        "not-json");
    counter.assertNothingInAnyQueue();
  }

  @Test
  void another_format_than_json_is_answered_415() throws Exception {
    for (String type :
        List.of("application/cloudevents+xml", "application/cloudevents-batch+avro")) {
      assertProblem(
          counter.publish("$counter.strict/order.new", type, "x"), 415, "unsupported-media-type");
    }

    counter.assertNothingInAnyQueue();
  }

  private static String[] headers(String... more) {
    return Stream.concat(
            Stream.of(
                "ce-specversion",
                "1.0",
                "ce-id",
                "e-1",
                "ce-source",
                "/shop",
                "CE-Type",
                "dev.shop.ordered"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /** The four needed attributes but one. */
  private static String without(String name) {
    return NEEDED.replaceAll("\"" + name + "\":\"[^\"]*\",?", "") + ",";
  }

  private static Map<String, Object> attributes(Message message) {
    MessageProperties properties = message.getMessageProperties();
    return properties.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().startsWith("cloudEvents_"))
        .collect(
            Collectors.toMap(
                header -> header.getKey().substring("cloudEvents_".length()), Map.Entry::getValue));
  }
}
