package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.broker.Declarations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue with partitions and the route that consumes it, in one process: the order they keep. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class OrderedContract implements FailedOrdersContract, ForeignOrdersContract {
  Orders orders;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker() throws Exception;

  /** Ends all connections of this Serai from the other side, without a word. */
  abstract void disconnect();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    orders = new Orders(folder, broker());
  }

  @AfterAll
  void stop() throws IOException {
    orders.close();
  }

  @BeforeEach
  void begin() {
    orders.begin();
  }

  @Override
  public Orders orders() {
    return orders;
  }

  @Test
  void is_shown_with_its_partitions() throws Exception {
    JsonNode queues =
        new ObjectMapper().readTree(orders.serai().operatorGet("/topology").body()).path("queues");

    assertThat(StreamSupport.stream(queues.spliterator(), false).map(q -> q.path("name").asText()))
        .contains(orders.queue(), orders.queue() + ".0", orders.queue() + ".3")
        .doesNotContain(orders.queue() + ".4", orders.queue() + ".wait.200ms");
    assertThat(queues)
        .filteredOn(q -> q.path("name").asText().startsWith(orders.queue()))
        .allSatisfy(q -> assertThat(q.path("state").asText()).isEqualTo("declared"));
  }

  @Test
  void a_way_to_the_queue_from_before_it_had_partitions_is_gone_after_a_start() throws Exception {
    try (Connection connection = orders.serai().bean(ConnectionFactory.class).newConnection()) {
      connection.createChannel().queueBind(orders.queue(), orders.name(), "order.#");
      orders.serai().bean(Declarations.class).declareOn(connection);
    }

    orders.publish("once", 0).join();
    orders.publish("once", 1).join();

    await().until(() -> orders.handled().contains("once 1"));
    orders.assertOrder("once", 2);
    assertThat(orders.depth(orders.queue())).isZero();
  }

  @Test
  void brings_the_messages_of_each_key_in_order_and_other_keys_meanwhile() throws Exception {
    orders.attempt(
        exchange -> {
          if (Order.of(exchange).equals(new Order("slow", 0))) {
            orders.awaitHandled(30);
          }
        });

    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (String key : List.of("slow", "a", "b", "c")) {
        sent.add(orders.publish(key, i));
      }
    }

    sent.forEach(CompletableFuture::join);
    orders.awaitHandled(40);
    orders.assertOrder("slow", 10);
    orders.assertOrder("a", 10);
    orders.assertOrder("b", 10);
    orders.assertOrder("c", 10);
    assertThat(orders.handled().subList(30, 40)).allMatch(one -> one.startsWith("slow"));
  }

  @Test
  void repeats_nothing_and_loses_no_order_when_its_connection_is_lost() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    orders.attempt(
        exchange -> {
          if (seen.incrementAndGet() == 20) {
            disconnect();
          }
        });
    CamelContext camel = orders.serai().bean(CamelContext.class);
    camel.getRouteController().stopRoute("order-handle");
    IntStream.range(0, 50).forEach(i -> orders.publish("cut", i).join());

    camel.getRouteController().startRoute("order-handle");

    await().until(() -> orders.handled().contains("cut 49"));
    orders.assertOrder("cut", 50);
  }

  @Test
  void goes_on_where_it_was_after_its_route_was_stopped() throws Exception {
    CamelContext camel = orders.serai().bean(CamelContext.class);
    camel.getRouteController().stopRoute("order-handle");
    IntStream.range(0, 20).forEach(i -> orders.publish("rest", i).join());
    assertThat(orders.handled()).isEmpty();

    camel.getRouteController().startRoute("order-handle");
    await().until(() -> orders.handled().size() >= 3);
    camel.getRouteController().suspendRoute("order-handle");
    camel.getRouteController().resumeRoute("order-handle");

    orders.awaitHandled(20);
    orders.assertOrder("rest", 20);
  }
}
