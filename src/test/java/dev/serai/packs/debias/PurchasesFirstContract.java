package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.QueueInformation;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** What a purchase overtakes while the graph's workers are busy, on whichever broker. */
@Timeout(60)
abstract class PurchasesFirstContract {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int BATCH = 3;
  private static final int HELD = 2 * BATCH;
  private static final int VIEWS = 40;

  /** Settings that choose the broker; its queues are empty. */
  abstract Map<String, String> broker();

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void workers_hold_two_batches_each_and_leave_the_rest_to_others(int workers, @TempDir Path data)
      throws Exception {
    try (SeraiApp serai = start(data, workers)) {
      Gate gate = Gate.before(serai, "debias-store-events-in-graph");

      postViews(serai);

      await().atMost(LONGEST).until(() -> ready(serai) == VIEWS - workers * HELD);
      assertThat(queue(serai, "events.neo4j").getConsumerCount()).isEqualTo(workers);
      assertThat(queue(serai, "events.qdrant").getConsumerCount()).isZero(); // not asked for
      gate.open();
      await().atMost(LONGEST).until(() -> gate.bodies().size() == VIEWS);
    }
  }

  @Test
  void a_purchase_overtakes_the_views_that_no_worker_holds_yet(@TempDir Path data)
      throws Exception {
    try (SeraiApp serai = start(data, 1)) {
      Gate gate = Gate.before(serai, "debias-store-events-in-graph");
      postViews(serai);
      await().atMost(LONGEST).until(() -> ready(serai) == VIEWS - HELD);

      post(serai, VIEWS, "purchase");
      gate.open();

      await().atMost(LONGEST).until(() -> gate.bodies().size() == VIEWS + 1);
      assertThat(gate.bodies().subList(HELD, HELD + BATCH)).anyMatch(Gate::isPurchase);
    }
  }

  private static void postViews(SeraiApp serai) throws Exception {
    for (int product = 0; product < VIEWS; product++) {
      post(serai, product, "view");
    }
  }

  private SeraiApp start(Path data, int workers) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.consume", "debias-*graph*");
    settings.put("debias.graph.workers", Integer.toString(workers));
    settings.put("debias.graph.batch-size", Integer.toString(BATCH));
    return SeraiApp.start(data, settings);
  }

  private static void post(SeraiApp serai, int product, String type) throws Exception {
    String event =
        "{\"user_id\":7,\"product_id\":%d,\"event_type\":\"%s\"}".formatted(product, type);
    assertThat(serai.post("/events", event).statusCode()).isEqualTo(200);
  }

  private static int ready(SeraiApp serai) {
    return queue(serai, "events.neo4j").getMessageCount();
  }

  private static QueueInformation queue(SeraiApp serai, String name) {
    return Objects.requireNonNull(serai.bean(RabbitAdmin.class).getQueueInfo(name));
  }

  /** Holds every batch before a route until it is opened, and notes what passes. */
  private static final class Gate {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    static Gate before(SeraiApp serai, String route) throws Exception {
      Gate gate = new Gate();
      AdviceWith.adviceWith(
          serai.bean(CamelContext.class),
          route,
          advice -> advice.weaveAddFirst().process(gate::pass));
      return gate;
    }

    void open() {
      opened.countDown();
    }

    List<String> bodies() {
      return bodies;
    }

    static boolean isPurchase(String body) {
      return body.contains("purchase");
    }

    private void pass(Exchange exchange) throws InterruptedException {
      opened.await();
      Object body = exchange.getMessage().getBody();
      Stream<?> parts = body instanceof List<?> batch ? batch.stream() : Stream.of(body);
      bodies.addAll(parts.map(Gate::text).toList());
    }

    private static String text(Object part) {
      Object body = part instanceof Message message ? message.getBody() : part;
      return new String((byte[]) body, StandardCharsets.UTF_8);
    }
  }
}
