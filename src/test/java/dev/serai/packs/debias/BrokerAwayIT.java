package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.RabbitNode;
import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** What callers and people on call see while RabbitMQ is away, and that nobody need do anything. */
@Timeout(120)
class BrokerAwayIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;

  @Test
  void starts_without_a_broker_and_works_as_soon_as_it_comes() throws Exception {
    try (RabbitNode node = RabbitNode.notStarted();
        SeraiApp serai = start(node, 1000, "")) {
      assertThat(serai.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(serai.get("/health/startup").statusCode()).isEqualTo(200);
      assertThat(serai.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(status(serai)).isEqualTo("Degraded");
      assertIsAway(serai, node);

      node.restart();

      await().atMost(LONG).until(() -> status(serai).equals("Healthy"));
      assertAccepted(serai, event(1));
      assertStored(serai, 1);
      assertThat(serai.get("/rabbitmq/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_lost_broker_is_told_and_what_it_holds_is_carried_on_when_it_is_back() throws Exception {
    try (RabbitNode node = RabbitNode.start();
        SeraiApp serai = start(node, 3, "")) {
      await().atMost(LONG).until(() -> status(serai).equals("Healthy"));
      String batch =
          IntStream.range(0, 200)
              .mapToObj(BrokerAwayIT::event)
              .collect(Collectors.joining(",", "[", "]"));
      assertThat(serai.post("/events/batch", batch).statusCode()).isEqualTo(200);

      node.kill();

      await().pollInterval(OFTEN).until(() -> status(serai).equals("Degraded"));
      await().atMost(LONG).until(() -> status(serai).equals("Unhealthy"));
      assertThat(serai.get("/health/ready").statusCode()).isEqualTo(503);
      assertIsAway(serai, node);
      node.restart();
      await().atMost(LONG).until(() -> status(serai).equals("Healthy"));
      assertAccepted(serai, event(200));
      for (int user = 0; user <= 200; user++) {
        assertStored(serai, user);
      }
    }
  }

  @Test
  void a_process_that_only_publishes_declares_everything_itself() throws Exception {
    try (RabbitNode node = RabbitNode.notStarted();
        SeraiApp serai = start(node, 1000, "none")) {
      assertThat(check(serai, "topology")).contains("Degraded").contains("Not known");
      assertThat(serai.operatorGet("/topology").body()).doesNotContain("\"declared\"");
      assertIsAway(serai, node);

      node.restart();

      await().pollInterval(OFTEN).atMost(LONG).until(() -> status(serai).equals("Healthy"));
      assertAccepted(serai, event(1));
      assertThat(queued(serai)).isEqualTo(1);
    }
  }

  @Test
  void a_broker_that_lost_everything_gets_it_again_before_the_first_message() throws Exception {
    try (RabbitNode node = RabbitNode.start();
        SeraiApp serai = start(node, 1000, "none")) {
      assertAccepted(serai, event(1));

      node.killAndForget();
      await().pollInterval(OFTEN).until(() -> status(serai).equals("Degraded"));
      node.restart();

      await().pollInterval(OFTEN).atMost(LONG).until(() -> status(serai).equals("Healthy"));
      assertAccepted(serai, event(2));
      assertThat(queued(serai)).isEqualTo(1);
    }
  }

  private static int queued(SeraiApp serai) {
    return serai.bean(RabbitAdmin.class).getQueueInfo("events.neo4j").getMessageCount();
  }

  private static String check(SeraiApp serai, String name) throws Exception {
    for (JsonNode check : JSON.readTree(serai.get("/health/ready").body()).path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check.toString();
      }
    }
    throw new AssertionError("no check " + name);
  }

  private SeraiApp start(RabbitNode node, int patience, String consume) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.broker.uri", node.uri());
    settings.put("serai.broker.reconnect-delay", "200ms");
    settings.put("serai.broker.max-reconnect-attempts", String.valueOf(patience));
    settings.put("serai.broker.publish-timeout", PUBLISH_TIMEOUT.toMillis() + "ms");
    settings.put("serai.packs", "debias");
    settings.put("serai.consume", consume);
    return SeraiApp.start(data, settings);
  }

  private static void assertIsAway(SeraiApp serai, RabbitNode node) throws Exception {
    JsonNode check = JSON.readTree(serai.get("/health/ready").body()).at("/checks").get(0);
    assertThat(check.path("name").asText()).isEqualTo("rabbitmq");
    assertThat(check.path("description").asText()).contains(node.host() + ":" + node.port());

    long start = System.nanoTime();
    HttpResponse<String> refused = serai.post("/events", event(9999));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(PUBLISH_TIMEOUT.plusSeconds(2));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(refused.body()).path("code").asText()).isEqualTo("broker-unavailable");

    HttpResponse<String> figures = serai.get("/rabbitmq/health");
    JsonNode report = JSON.readTree(figures.body());
    assertThat(figures.statusCode()).isEqualTo(503);
    assertThat(report.fieldNames()).toIterable().containsExactly("status", "error");
    assertThat(report.path("status").asText()).isEqualTo("unhealthy");
    assertThat(report.path("error").asText()).isNotBlank();
  }

  private static void assertAccepted(SeraiApp serai, String event)
      throws IOException, InterruptedException {
    HttpResponse<String> response = serai.post("/events", event);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static void assertStored(SeraiApp serai, int user) {
    for (String sink : new String[] {"interactions", "profile"}) {
      await("%s of user %d".formatted(sink, user))
          .atMost(LONG)
          .pollDelay(Duration.ZERO)
          .until(() -> serai.get("/debias/users/" + user + "/" + sink).statusCode() == 200);
    }
  }

  private static String status(SeraiApp serai) throws Exception {
    return JSON.readTree(serai.get("/health/ready").body()).path("status").asText();
  }

  private static String event(int user) {
    return "{\"user_id\":%d,\"product_id\":1,\"event_type\":\"view\"}".formatted(user);
  }
}
