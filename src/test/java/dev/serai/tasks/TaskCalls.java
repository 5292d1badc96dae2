package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.QueueInformation;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole Serai with pack helixagent, and what its tests ask of it. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class TaskCalls {
  static final Duration LONG = Duration.ofSeconds(30);
  static final ObjectMapper JSON = new ObjectMapper();
  static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  static final String AUDIT = "helixagent.events.audit";
  SeraiApp serai;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  /** Starts pack helixagent on the broker. */
  final void start(Path data, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(broker());
    all.put("serai.packs", "helixagent");
    // Nobody takes the notifications but the tests.
    all.put("serai.consume", "helixagent-work-on-*, helixagent-gather-answers");
    all.putAll(settings);
    serai = SeraiApp.start(data, all);
  }

  @AfterAll
  final void stop_serai() {
    serai.close();
  }

  @BeforeEach
  final void forget_all_tasks() {
    List.of("llm", "debate", "verification").forEach(type -> purge("helixagent.tasks." + type));
    List.of(AUDIT, "helixagent.dlq", "helixagent.notifications.sse").forEach(this::purge);
    serai.bean(JdbcClient.class).sql("DELETE FROM task").update();
  }

  void assertNothingIsQueued() throws Exception {
    assertThat(get("/tasks").path("items")).isEmpty();
    for (String type : List.of("llm", "debate", "verification", "background", "notifications")) {
      assertThat(depth("helixagent.tasks." + type)).as(type).isZero();
    }
  }

  static void assertProblem(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(response.body()).path("code").asText()).isEqualTo(code);
  }

  String submit(String path, String body) throws Exception {
    HttpResponse<String> response = serai.post("/tasks/" + path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return id(response);
  }

  String submitted(String path, String body) {
    try {
      return submit(path, body);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static String id(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body()).path("id").asText();
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> response = serai.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  JsonNode awaitState(String id, String state) {
    return await(id)
        .atMost(LONG)
        .until(() -> get("/tasks/" + id), task -> task.path("state").asText().equals(state));
  }

  void assertEvent(String id, String type, String state) throws Exception {
    assertThat(events(1)).containsExactly("task.%s.%s %s".formatted(type, state, id));
  }

  /** Keys and tasks of the events that come next. */
  List<String> events(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Message message = message(AUDIT);
              try {
                JsonNode task = JSON.readTree(message.getBody());
                String key = message.getMessageProperties().getReceivedRoutingKey();
                assertThat(key).endsWith("." + task.path("state").asText());
                return key + " " + task.path("id").asText();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  JsonNode receive(String queue) throws Exception {
    return JSON.readTree(message(queue).getBody());
  }

  Message message(String queue) {
    Message message =
        serai.bean(RabbitAdmin.class).getRabbitTemplate().receive(queue, LONG.toMillis());
    assertThat(message).as(queue).isNotNull();
    return Objects.requireNonNull(message);
  }

  void purge(String queue) {
    serai.bean(RabbitAdmin.class).purgeQueue(queue, false);
  }

  void awaitDepth(String queue, int messages) {
    await(queue).atMost(LONG).untilAsserted(() -> assertThat(depth(queue)).isEqualTo(messages));
  }

  long depth(String queue) {
    QueueInformation found = serai.bean(RabbitAdmin.class).getQueueInfo(queue);
    return found == null ? -1 : found.getMessageCount();
  }

  HttpResponse<String> delete(String id) throws Exception {
    return serai.send(request("/tasks/" + id).DELETE().build());
  }

  HttpResponse<String> post(String path, String body, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return serai.send(request.build());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serai.port() + path));
  }
}
