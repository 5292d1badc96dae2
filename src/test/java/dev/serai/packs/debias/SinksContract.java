package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.QueueInformation;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** The way of an event from the broker into both sinks, on whichever broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // made before all tests
abstract class SinksContract {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String NOWHERE = "bolt://127.0.0.1:1";

  private Path data;
  private @Nullable SeraiApp healthy; // for all tests that need no other one

  /** Settings that choose the broker; its queues are empty before all tests. */
  abstract Map<String, String> broker();

  @BeforeAll
  void takeFolder(@TempDir Path folder) {
    data = folder;
  }

  @AfterAll
  void stop() {
    if (healthy != null) {
      healthy.close();
      healthy = null;
    }
  }

  private SeraiApp healthy() {
    if (healthy == null) {
      healthy = start("healthy", Map.of());
    }
    return withNothingParked(healthy);
  }

  /** Without the healthy one, which would take its events on a broker that they share. */
  private SeraiApp alone(String name, Map<String, String> settings) {
    stop();
    return withNothingParked(start(name, settings));
  }

  private static SeraiApp withNothingParked(SeraiApp app) {
    app.bean(RabbitAdmin.class).purgeQueue("events.dlq");
    return app;
  }

  @Test
  void an_event_reaches_the_graph_and_the_profile() throws Exception {
    SeraiApp app = healthy();
    publish(app, "first", event(77, 456));

    await()
        .atMost(LONGEST)
        .untilAsserted(
            () -> {
              assertThat(json(app.get("/debias/users/77/interactions")).at("/interactions/0"))
                  .isEqualTo(
                      json(
                          """
                          {"event_id":"first","product_id":456,"event_type":"view",
                           "user_session":"session-abc","event_time":"2026-01-01T00:00:00Z"}"""));
              assertThat(json(app.get("/debias/users/77/profile")).at("/counts/view").asInt())
                  .isEqualTo(1);
            });
    assertThat(waiting(app, "events.dlq")).isZero();
  }

  @Test
  void a_thousand_events_with_some_poison_are_all_stored_or_parked() throws Exception {
    SeraiApp app = healthy();
    CompletableFuture.allOf(
            IntStream.range(0, 1_000)
                .mapToObj(n -> send(app, "e" + n, n % 100 == 50 ? "not json" : event(n % 10, n)))
                .toArray(CompletableFuture[]::new))
        .join();

    await()
        .atMost(LONGEST)
        .untilAsserted(
            () -> {
              assertThat(waiting(app, "events.dlq")).isEqualTo(20); // ten of each sink
              for (int user = 0; user < 10; user++) {
                int expected = user == 0 ? 90 : 100;
                assertThat(json(app.get("/debias/users/" + user + "/profile")).at("/counts/view"))
                    .hasToString(Integer.toString(expected));
                assertThat(
                        json(app.get("/debias/users/" + user + "/interactions"))
                            .at("/interactions"))
                    .hasSize(expected);
              }
            });
  }

  @Test
  void a_failing_graph_does_not_hold_up_the_profiles() throws Exception {
    try (SeraiApp app = alone("graph", Map.of("debias.graph.neo4j-uri", NOWHERE))) {
      for (int n = 0; n < 5; n++) {
        publish(app, "e" + n, event(7, n));
      }

      await()
          .atMost(LONGEST)
          .untilAsserted(
              () ->
                  assertThat(json(app.get("/debias/users/7/profile")).at("/counts/view").asInt())
                      .isEqualTo(5));
      await()
          .atMost(LONGEST)
          .untilAsserted(() -> assertThat(waiting(app, "events.dlq")).isEqualTo(5));
      HttpResponse<String> answer = app.get("/debias/users/7/interactions");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).at("/code").asText()).isEqualTo("graph-unavailable");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void failing_profiles_do_not_hold_up_the_graph() throws Exception {
    Map<String, String> away =
        Map.of("debias.profile.qdrant-host", "127.0.0.1", "debias.profile.qdrant-port", "1");
    try (SeraiApp app = alone("profiles", away)) {
      for (int n = 0; n < 5; n++) {
        publish(app, "e" + n, event(7, n));
      }

      await()
          .atMost(LONGEST)
          .untilAsserted(
              () ->
                  assertThat(json(app.get("/debias/users/7/interactions")).at("/interactions"))
                      .hasSize(5));
      await()
          .atMost(LONGEST)
          .untilAsserted(() -> assertThat(waiting(app, "events.dlq")).isEqualTo(5));
      HttpResponse<String> answer = app.get("/debias/users/7/profile");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).at("/code").asText()).isEqualTo("profiles-unavailable");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void answers_a_problem_for_an_unknown_and_for_an_impossible_user() throws Exception {
    SeraiApp app = healthy();
    for (String what : new String[] {"interactions", "profile"}) {
      HttpResponse<String> unknown = app.get("/debias/users/404404/" + what);
      HttpResponse<String> impossible = app.get("/debias/users/abc/" + what);

      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(json(unknown).at("/code").asText()).isEqualTo("unknown-user");
      assertThat(impossible.statusCode()).isEqualTo(400);
      assertThat(impossible.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
    }
  }

  private SeraiApp start(String name, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(broker());
    all.put("serai.packs", "debias");
    all.put("debias.retry", "100ms, 200ms");
    all.putAll(settings);
    return SeraiApp.start(data.resolve(name), all);
  }

  private static void publish(SeraiApp app, String id, String body) {
    send(app, id, body).join();
  }

  private static CompletableFuture<Void> send(SeraiApp app, String id, String body) {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder()
            .messageId(id)
            .contentType("application/json")
            .deliveryMode(2)
            .priority(0)
            .build();
    return app.bean(Publisher.class)
        .publish(
            new OutgoingMessage(
                "events", "user.event", properties, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String event(int user, int product) {
    return """
        {"user_id":%d,"product_id":%d,"event_type":"view","user_session":"session-abc",
         "event_time":"2026-01-01T00:00:00Z"}"""
        .formatted(user, product);
  }

  private static long waiting(SeraiApp app, String queue) {
    QueueInformation queueNow = app.bean(RabbitAdmin.class).getQueueInfo(queue);
    return queueNow == null ? -1 : queueNow.getMessageCount();
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return json(answer.body());
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
