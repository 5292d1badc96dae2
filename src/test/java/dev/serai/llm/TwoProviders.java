package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** A whole Serai with two providers of model {@code m}, and what its tests ask of it. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class TwoProviders {
  static final ObjectMapper JSON = new ObjectMapper();
  static final Duration LONG = Duration.ofSeconds(60);
  static final String AUDIT = "helixagent.events.audit";

  final ChatServer a = ChatServer.start();
  final ChatServer b = ChatServer.start();
  SeraiApp serai;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  /** Starts pack helixagent on the broker. */
  final void start(Path data, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(broker());
    all.put("serai.packs", "helixagent");
    all.putAll(a.asProvider(0, "a", "m"));
    all.putAll(b.asProvider(1, "b", "m"));
    all.putAll(settings);
    serai = SeraiApp.start(data, all);
  }

  @AfterAll
  final void stop() {
    serai.close();
    a.close();
    b.close();
  }

  @AfterEach
  final void forget() {
    a.anew();
    b.anew();
    serai.bean(RabbitAdmin.class).purgeQueue(AUDIT, false);
    serai.bean(RabbitAdmin.class).purgeQueue("helixagent.dlq", false);
  }

  /** The id of a new task. */
  final String submit(String query, String request) throws Exception {
    HttpResponse<String> response = serai.post("/tasks/llm" + query, request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return JSON.readTree(response.body()).path("id").asText();
  }

  final HttpResponse<String> cancel(String id) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + serai.port() + "/tasks/" + id);
    return serai.send(HttpRequest.newBuilder(uri).DELETE().build());
  }

  final JsonNode task(String id) throws Exception {
    return JSON.readTree(serai.get("/tasks/" + id).body());
  }

  final JsonNode awaitState(String id, String state) {
    return await(id)
        .atMost(LONG)
        .until(() -> task(id), task -> task.path("state").asText().equals(state));
  }

  /** The event that comes next. */
  final Message next() {
    return Objects.requireNonNull(
        serai.bean(RabbitAdmin.class).getRabbitTemplate().receive(AUDIT, LONG.toMillis()));
  }
}
