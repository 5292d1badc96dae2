package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** What a caller may send wrongly: it is told what, and nothing reaches a queue. */
@Timeout(20)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BadInputContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD = "{\"user_id\":1,\"product_id\":2,\"event_type\":\"view\"}";

  private static final List<String> QUEUES = List.of("events.neo4j", "events.qdrant", "events.dlq");

  private SeraiApp serai;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.consume", "none");
    settings.put("debias.event-types", "view,cart,purchase");
    serai = SeraiApp.start(data, settings);
    // Also what waits for its next attempt: an earlier test's message would come back.
    serai.queues().forEach(queue -> serai.bean(RabbitAdmin.class).purgeQueue(queue));
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @AfterEach
  void nothing_is_in_any_queue() {
    for (String queue : QUEUES) {
      assertThat(serai.bean(RabbitAdmin.class).getQueueInfo(queue).getMessageCount())
          .as(queue)
          .isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "{",
        "{\"user_id\":1,}",
        "{'user_id':1}",
        "{\"user_id\":01}",
        "{\"user_id\":NaN}",
        "{\"user_id\":1} x",
        "{\"user_id\":1,\"user_id\":2}",
        "user_id=1&product_id=2&event_type=view"
      })
  void answers_400_to_what_is_not_json(String body) throws Exception {
    problem(serai.post("/events", body), 400, "not-json");
    problem(serai.post("/events/batch", body), 400, "not-json");
  }

  @Test
  void says_at_which_line_and_column_json_breaks() throws Exception {
    JsonNode problem = problem(serai.post("/events", "{\"user_id\": 1,\n  oops}"), 400, "not-json");

    assertThat(problem.path("detail").asText()).startsWith("line 2, column ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"text\"", "null", "true"})
  void answers_400_to_an_event_that_is_no_object(String body) throws Exception {
    JsonNode problem = problem(serai.post("/events", body), 400, "invalid");

    assertThat(pointers(problem)).containsExactly("#");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "1", "null"})
  void answers_400_to_a_batch_that_is_no_array(String body) throws Exception {
    assertThat(pointers(problem(serai.post("/events/batch", body), 400, "invalid")))
        .containsExactly("#");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_id", "product_id", "event_type"})
  void names_a_field_that_is_missing(String field) throws Exception {
    JsonNode problem = problem(serai.post("/events", without(field)), 400, "invalid");

    assertThat(problem.path("errors")).containsExactly(error("#/" + field, "is required"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user_id|\"1\"",
        "user_id|1.5",
        "user_id|1.0",
        "user_id|1e2",
        "user_id|null",
        "user_id|true",
        "user_id|[1]",
        "user_id|{}",
        "user_id|9223372036854775808",
        "user_id|1e999999999",
        "product_id|\"456\"",
        "product_id|0.1",
        "product_id|null",
        "event_type|1",
        "event_type|null",
        "event_type|\"\"",
        "event_type|\"  \"",
        "event_type|\"view\\u0000\"",
        "event_type|\"sold\"",
        "event_type|[\"view\"]",
        "user_session|5",
        "user_session|\"\\u0000\"",
        "event_id|7",
        "event_id|\"\"",
        "event_id|\"a b\"",
        "event_time|\"yesterday\"",
        "event_time|5"
      })
  void names_a_field_that_is_wrong(String field, String value) throws Exception {
    JsonNode problem = problem(serai.post("/events", with(field, value)), 400, "invalid");

    assertThat(pointers(problem)).isNotEmpty().containsOnly("#/" + field);
  }

  @Test
  void names_every_wrong_field_at_once() throws Exception {
    String body = "{\"user_id\":\"1\",\"event_type\":\"\"}";

    assertThat(pointers(problem(serai.post("/events", body), 400, "invalid")))
        .contains("#/user_id", "#/product_id", "#/event_type");
  }

  @Test
  void publishes_nothing_of_a_batch_with_bad_items_and_lists_each() throws Exception {
    String batch = "[" + GOOD + "," + without("user_id") + "," + GOOD + ",7]";

    assertThat(pointers(problem(serai.post("/events/batch", batch), 400, "invalid")))
        .containsExactlyInAnyOrder("#/1/user_id", "#/3");
  }

  @Test
  void answers_400_to_a_batch_of_more_than_a_thousand() throws Exception {
    String batch = "[" + String.join(",", Collections.nCopies(1001, GOOD)) + "]";

    assertThat(pointers(problem(serai.post("/events/batch", batch), 400, "invalid")))
        .containsExactly("#");
  }

  @Test
  void lists_all_thousand_bad_items_of_a_batch() throws Exception {
    String batch = "[" + String.join(",", Collections.nCopies(1000, without("user_id"))) + "]";

    assertThat(pointers(problem(serai.post("/events/batch", batch), 400, "invalid")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1000).mapToObj(i -> "#/" + i + "/user_id").toList());
  }

  @Test
  void answers_413_to_a_body_over_the_limit() throws Exception {
    String large = with("user_session", "\"" + "x".repeat(1 << 20) + "\"");

    problem(serai.post("/events", large), 413, "body-too-large");
    problem(serai.post("/events/batch", "[" + large + "]"), 413, "body-too-large");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void answers_413_to_a_body_over_the_limit_whose_length_is_not_said(HttpClient.Version version)
      throws Exception {
    byte[] large = new byte[(1 << 20) + 1];

    HttpRequest request =
        to("/events")
            .version(version)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
            .build();

    problem(serai.send(request), 413, "body-too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/json; charset=nonsense",
        "///"
      })
  void checks_json_under_any_content_type(String type) throws Exception {
    HttpRequest request =
        to("/events")
            .setHeader("Content-Type", type)
            .POST(BodyPublishers.ofString(without("user_id")))
            .build();

    assertThat(pointers(problem(serai.send(request), 400, "invalid"))).containsExactly("#/user_id");
  }

  @Test
  void answers_400_to_bytes_that_are_no_text() throws Exception {
    byte[] latin = with("user_session", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide = GOOD.getBytes(StandardCharsets.UTF_16);
    byte[] zero = (GOOD + "\0").getBytes(StandardCharsets.UTF_8);

    for (byte[] body : List.of(latin, wide, zero)) {
      HttpRequest request = to("/events").POST(BodyPublishers.ofByteArray(body)).build();
      problem(serai.send(request), 400, "not-json");
    }
  }

  @Test
  void answers_400_to_half_of_a_surrogate_pair() throws Exception {
    problem(serai.post("/events", with("user_session", "\"\\ud800\"")), 400, "invalid");
  }

  @Test
  void answers_400_to_deep_nesting_and_endless_numbers() throws Exception {
    problem(serai.post("/events", "[".repeat(500_000)), 400, "not-json");
    problem(
        serai.post("/events", with("x", "[".repeat(5_000) + "]".repeat(5_000))), 400, "not-json");
    problem(serai.post("/events", with("user_id", "1".repeat(100_000))), 400, "not-json");
  }

  @Test
  void answers_405_to_another_method_and_names_the_one_it_takes() throws Exception {
    HttpResponse<String> response = serai.get("/events");

    problem(response, 405, "method-not-allowed");
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event", "/events/5", "/events/batch/1", "/"})
  void answers_404_to_another_path(String path) throws Exception {
    problem(serai.post(path, GOOD), 404, "not-found");
  }

  @Test
  void headers_and_parameters_of_a_caller_do_not_steer_the_route() throws Exception {
    HttpRequest request =
        to("/events?CamelHttpResponseCode=299&CamelSpringRabbitmqExchangeOverrideName=events.dlx")
            .header("CamelHttpResponseCode", "299")
            .header("CAMELHttpResponseCode", "299")
            .header("CamelSpringRabbitmqRoutingOverrideKey", "elsewhere")
            .header("CamelBeanMethodName", "toString")
            .header("serai-attempt", "9")
            .header("http-Location", "http://elsewhere")
            .POST(BodyPublishers.ofString("{}"))
            .build();

    HttpResponse<String> response = serai.send(request);

    problem(response, 400, "invalid");
    assertThat(response.headers().map()).doesNotContainKeys("location", "serai-attempt");
  }

  private JsonNode problem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(response.body()).doesNotContain("\\tat ", "Exception", "org.apache", "dev.serai");
    return problem;
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serai.port() + path));
  }

  private static JsonNode error(String pointer, String detail) {
    return JSON.createObjectNode().put("pointer", pointer).put("detail", detail);
  }

  private static List<String> pointers(JsonNode problem) {
    return problem.path("errors").findValuesAsText("pointer");
  }

  private static String with(String field, String value) {
    Map<String, String> fields =
        new LinkedHashMap<>(Map.of("user_id", "1", "product_id", "2", "event_type", "\"view\""));
    fields.put(field, value);
    return object(fields);
  }

  private static String without(String field) {
    Map<String, String> fields =
        new LinkedHashMap<>(Map.of("user_id", "1", "product_id", "2", "event_type", "\"view\""));
    fields.remove(field);
    return object(fields);
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
