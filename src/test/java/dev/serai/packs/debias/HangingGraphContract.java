package dev.serai.packs.debias;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import dev.serai.support.SilentServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** A Neo4j that takes connections and answers nothing holds up only those that need it. */
@Timeout(120)
abstract class HangingGraphContract {
  private static final String TWO_EVENTS =
      """
      [{"user_id":1,"product_id":2,"event_type":"view"},
       {"user_id":1,"product_id":3,"event_type":"view"}]""";
  private static final String EVENT = "{\"user_id\":1,\"product_id\":2,\"event_type\":\"view\"}";
  private static final int SOON = 5;

  @TempDir private Path data;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @Test
  void does_not_hold_up_other_publishers_on_the_path_both() throws Exception {
    try (SilentServer neo4j = new SilentServer();
        SeraiApp serai = start(neo4j, Map.of("debias.write-path", "both"))) {
      List<CompletableFuture<HttpResponse<String>>> events = post(serai, 8);
      await().until(() -> neo4j.connections() > 0);

      assertThat(publish(serai).get(SOON, SECONDS).statusCode()).isEqualTo(202);

      assertThat(events).noneMatch(CompletableFuture::isDone);
      for (CompletableFuture<HttpResponse<String>> event : events) {
        assertThat(event.get(40, SECONDS).statusCode()).isEqualTo(200); // one by one it were 88 s
      }
    }
  }

  @Test
  void does_not_hold_up_other_requests_on_the_path_direct() throws Exception {
    try (SilentServer neo4j = new SilentServer();
        SeraiApp serai = start(neo4j, Map.of("debias.write-path", "direct"))) {
      List<CompletableFuture<HttpResponse<String>>> events = post(serai, 30);
      await().until(() -> neo4j.connections() > 0);

      assertThat(publish(serai).get(SOON, SECONDS).statusCode()).isEqualTo(202);

      assertThat(events).anyMatch(event -> !event.isDone());
    }
  }

  @Test
  void more_than_may_wait_for_it_are_told_at_once() throws Exception {
    Map<String, String> few =
        Map.of(
            "debias.write-path", "direct",
            "debias.direct.threads", "1",
            "debias.direct.max-waiting", "1");
    try (SilentServer neo4j = new SilentServer();
        SeraiApp serai = start(neo4j, few)) {
      post(serai, 2);
      await().until(() -> neo4j.connections() > 0);

      List<CompletableFuture<HttpResponse<String>>> more = post(serai, 2);

      HttpResponse<String> refused =
          CompletableFuture.anyOf(more.toArray(CompletableFuture[]::new))
              .thenApply(first -> more.stream().filter(CompletableFuture::isDone).findAny())
              .get(SOON, SECONDS)
              .orElseThrow()
              .join();
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    }
  }

  @Test
  void does_not_hold_up_publishers_when_a_worker_goes_on_after_parking_a_bad_event()
      throws Exception {
    Map<String, String> workers =
        Map.of(
            "serai.consume", "debias-store-event-in-graph",
            "debias.graph.workers", "4",
            "debias.graph.batch-size", "2",
            "debias.graph.batch-timeout-ms", "2000",
            "debias.graph.prefetch", "1"); // batch
    try (SilentServer neo4j = new SilentServer();
        SeraiApp serai = start(neo4j, workers)) {
      for (String body : List.of("{\"bad\":true}", EVENT, "{\"bad\":true}", EVENT)) {
        for (int worker = 0; worker < 4; worker++) { // they take turns: each gets a bad one first
          publish(serai, body).get(SOON, SECONDS);
        }
      }
      await().until(() -> depth(serai, "events.dlq") > 1 && neo4j.connections() > 0);

      assertThat(publish(serai).get(SOON, SECONDS).statusCode()).isEqualTo(202);
    }
  }

  private static List<CompletableFuture<HttpResponse<String>>> post(SeraiApp serai, int requests) {
    return IntStream.range(0, requests)
        .mapToObj(i -> serai.postLater("/events/batch", TWO_EVENTS))
        .toList();
  }

  private static CompletableFuture<HttpResponse<String>> publish(SeraiApp serai) {
    return publish(serai, EVENT);
  }

  private static CompletableFuture<HttpResponse<String>> publish(SeraiApp serai, String body) {
    return serai.postLater("/publish/events/user.event", body);
  }

  private SeraiApp start(SilentServer neo4j, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.consume", "none");
    settings.put("serai.packs", "debias");
    settings.put("debias.graph.neo4j-uri", "bolt://127.0.0.1:" + neo4j.port());
    settings.putAll(more);
    SeraiApp serai = SeraiApp.start(data, settings);
    await().atMost(Duration.ofSeconds(20)).until(() -> purged(serai));
    return serai;
  }

  private static int depth(SeraiApp serai, String queue) {
    return serai.bean(RabbitAdmin.class).getQueueInfo(queue).getMessageCount();
  }

  private static boolean purged(SeraiApp serai) {
    List.of("events.neo4j", "events.qdrant", "events.dlq")
        .forEach(queue -> serai.bean(RabbitAdmin.class).purgeQueue(queue));
    return true;
  }
}
