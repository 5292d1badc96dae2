package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.broker.Publisher;
import dev.serai.support.RabbitNode;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue whose keys RabbitMQ hashes, on a broker that has the plug-in later only. */
@Timeout(120)
class HashExchangeIT {
  private static final List<String> KEYS =
      IntStream.range(0, 20).mapToObj(i -> "hashed" + i).toList();

  private final List<String> handled = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;

  @Test
  void the_broker_chooses_the_partition_of_each_key() throws Exception {
    try (RabbitNode node = RabbitNode.startWith("rabbitmq_consistent_hash_exchange");
        SeraiApp serai = start("data", node.uri())) {
      KEYS.forEach(key -> listen(serai, key));
      List<String> before = partitions(serai);
      try (Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
        Channel foreign = connection.createChannel();
        for (int number = 0; number < 5; number++) {
          for (String key : KEYS) {
            serai
                .bean(Publisher.class)
                .publish(new Order(key, number).to("o", "order.placed"))
                .join();
            new Order(key, number + 5).send(foreign, "o", "order.placed");
          }
        }
        await().untilAsserted(() -> assertThat(handled).hasSize(10 * KEYS.size()));
      }

      for (String key : KEYS) {
        assertThat(numbers(key).stream().filter(number -> number < 5).toList())
            .containsExactly(0, 1, 2, 3, 4);
        assertThat(numbers(key).stream().filter(number -> number >= 5).toList())
            .containsExactly(5, 6, 7, 8, 9);
      }
      assertThat(before).as("all are consumed").hasSize(4);
    }
  }

  @Test
  void a_broker_without_it_refuses_this_queue_and_no_other() throws Exception {
    try (RabbitNode node = RabbitNode.start();
        SeraiApp serai = start("data", node.uri())) {
      listen(serai, "other");

      serai.bean(Publisher.class).publish(new Order("other", 0).to("o", "held.placed")).join();

      await().untilAsserted(() -> assertThat(handled).containsExactly("other 0"));
      assertThat(serai.operatorGet("/topology").body())
          .contains("no-hash-exchange: exchange \\\"o.placed.hash\\\"");

      addHashedQueue(folder.resolve("routes/order/topology.yaml"));

      assertThat(serai.operatorPost("/routes/reload", "").body())
          .contains("UNCHANGED", "no-hash-exchange: exchange \\\"o.more.hash\\\"");
      serai.bean(Publisher.class).publish(new Order("other", 1).to("o", "held.placed")).join();
      await().untilAsserted(() -> assertThat(handled).containsExactly("other 0", "other 1"));
    }
  }

  private static void addHashedQueue(Path topology) throws IOException {
    Files.writeString(
        topology,
        """
          o.more:
            park: o.dlq
            partitions: {key: $.customer, exchange: rabbitmq-hash}
        """,
        StandardOpenOption.APPEND);
  }

  private SeraiApp start(String data, String uri) {
    TestPack.install(
        folder.resolve("routes"),
        "order",
        text ->
            text.replace("$orders", "o")
                .replace("count: 4}", "count: 4, exchange: rabbitmq-hash}"));
    return SeraiApp.start(
        folder.resolve(data),
        Map.of(
            "serai.broker.uri",
            uri,
            "serai.routes",
            folder.resolve("routes").toString(),
            "serai.broker.reconnect-delay",
            "100ms"));
  }

  private void listen(SeraiApp serai, String key) {
    serai
        .bean(CamelContext.class)
        .getEndpoint("mock:" + key, MockEndpoint.class)
        .whenAnyExchangeReceived(exchange -> handled.add(Order.of(exchange).toString()));
  }

  private List<Integer> numbers(String key) {
    return handled.stream()
        .filter(one -> one.startsWith(key + " "))
        .map(one -> Integer.valueOf(one.substring(key.length() + 1)))
        .toList();
  }

  private static List<String> partitions(SeraiApp serai) {
    return serai.queues().stream().filter(name -> name.matches("o\\.placed\\.\\d+")).toList();
  }
}
