package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiProcess;
import dev.serai.support.Sidecar;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Serai had not finished when it was killed is carried on by the next one. */
@Timeout(120)
abstract class KilledSeraiContract {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 20;

  @TempDir Path data;

  /** Settings that choose the broker; it is empty before each test. */
  abstract Map<String, String> broker();

  @Test
  void an_event_that_a_worker_held_without_an_ack_is_delivered_again() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SeraiProcess killed = start(graphAt(silent.getLocalPort(), "60s"))) {
      accept(killed);
      await().atMost(LONG).until(() -> counter(killed, "serai_messages_consumed_total") > 0);
      await().atMost(LONG).until(() -> waiting(killed) == 0);
      assertThat(counter(killed, "serai_messages_acked_total")).isZero();

      killed.kill();
    }

    assertAllAreStoredByTheNext();
  }

  @Test
  void an_event_that_waited_for_its_next_attempt_gets_it() throws Exception {
    try (SeraiProcess killed = start(graphAt(1, "1s"))) {
      accept(killed);
      await().atMost(LONG).until(() -> counter(killed, "serai_messages_retried_total") == EVENTS);

      killed.kill();
    }

    assertAllAreStoredByTheNext();
  }

  @Test
  void a_stop_waits_less_than_ten_seconds_for_work_that_hangs() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SeraiProcess stopped = start(graphAt(silent.getLocalPort(), "60s"))) {
      accept(stopped);
      await().atMost(LONG).until(() -> counter(stopped, "serai_messages_consumed_total") > 0);

      assertThat(stopped.stop()).isLessThan(Duration.ofSeconds(10));
    }

    assertAllAreStoredByTheNext();
  }

  private void assertAllAreStoredByTheNext() throws Exception {
    try (SeraiProcess next = start(Map.of())) {
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                JsonNode graph = JSON.readTree(next.get("/debias/users/7/interactions").body());
                JsonNode profile = JSON.readTree(next.get("/debias/users/7/profile").body());
                assertThat(graph.at("/interactions")).hasSize(EVENTS);
                assertThat(profile.at("/counts/view").asInt()).isEqualTo(EVENTS);
              });
      JsonNode figures = JSON.readTree(next.get("/rabbitmq/health").body());
      assertThat(figures.at("/queues/events.dlq/messages").asInt(-1)).isZero();
    }
  }

  private SeraiProcess start(Map<String, String> graph) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "debias");
    settings.put("debias.retry", "5s");
    settings.putAll(graph);
    return SeraiProcess.start(data, settings);
  }

  private static Map<String, String> graphAt(int port, String timeout) {
    return Map.of(
        "debias.graph.neo4j-uri",
        "bolt://127.0.0.1:" + port,
        "debias.graph.neo4j-timeout",
        timeout);
  }

  private static void accept(Sidecar serai) throws Exception {
    String batch =
        IntStream.range(0, EVENTS)
            .mapToObj("{\"user_id\":7,\"product_id\":%d,\"event_type\":\"view\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(serai.post("/events/batch", batch).statusCode()).isEqualTo(200);
  }

  /** Messages of the graph's queue that no worker has. */
  private static int waiting(Sidecar serai) throws Exception {
    return JSON.readTree(serai.get("/rabbitmq/health").body())
        .at("/queues/events.neo4j/messages")
        .asInt(-1);
  }

  /** A counter of the graph's queue; 0 when it does not exist yet. */
  private static double counter(Sidecar serai, String name) throws Exception {
    return serai
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("queue=\"events.neo4j\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
