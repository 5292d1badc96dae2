package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.QueueInformation;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** What becomes of events while the sinks do not take any and their queues are full. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class FullQueueContract {
  static final List<String> SINKS = List.of("events.neo4j", "events.qdrant");
  static final String PARKED = "events.dlq";
  static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_IN_A_BATCH = 1000;

  /** What config/debias.yaml says, for a run that takes its time; else small. */
  static final int LENGTH = Boolean.getBoolean("serai.test.long") ? 100_000 : 1_000;

  SeraiApp serai;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "debias");
    settings.put("serai.consume", "none");
    settings.put("debias.queue.max-length", String.valueOf(LENGTH));
    serai = SeraiApp.start(data, settings);
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @BeforeEach
  void fill_the_queues() throws Exception {
    RabbitAdmin admin = serai.bean(RabbitAdmin.class);
    // Also what waits for its next attempt: an earlier test's message would come back.
    serai.queues().forEach(queue -> admin.purgeQueue(queue, false));
    // The oldest comes alone: the events of one batch have no order among themselves.
    assertThat(serai.post("/events", event(0)).statusCode()).isEqualTo(200);
    for (int first = 1; first < LENGTH; first += MOST_IN_A_BATCH) {
      HttpResponse<String> response = serai.post("/events/batch", batch(first));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
    SINKS.forEach(queue -> awaitDepth(queue, LENGTH));
  }

  @Test
  void every_accepted_event_is_in_its_queues_or_parked_from_there() throws Exception {
    int accepted = LENGTH;
    for (int i = 0; i < 10; i++) {
      accepted += serai.post("/events", event(LENGTH + i)).statusCode() == 200 ? 1 : 0;
    }

    SINKS.forEach(queue -> awaitDepth(queue, LENGTH));
    awaitDepth(PARKED, SINKS.size() * (accepted - LENGTH));
  }

  final void awaitDepth(String queue, int messages) {
    await(queue)
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(depth(queue)).isEqualTo(messages));
  }

  private long depth(String queue) {
    QueueInformation found = serai.bean(RabbitAdmin.class).getQueueInfo(queue);
    return found == null ? -1 : found.getMessageCount();
  }

  /** Takes the next message of each sink's queue. */
  final void makeRoom() {
    SINKS.forEach(queue -> serai.bean(RabbitAdmin.class).getRabbitTemplate().receive(queue, 5000));
  }

  static JsonNode ok(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static String batch(int first) {
    return IntStream.range(first, Math.min(first + MOST_IN_A_BATCH, LENGTH))
        .mapToObj(FullQueueContract::event)
        .collect(Collectors.joining(",", "[", "]"));
  }

  static String event(int user) {
    return "{\"user_id\":%d,\"product_id\":1,\"event_type\":\"view\"}".formatted(user);
  }
}
