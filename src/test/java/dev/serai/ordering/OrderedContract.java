package dev.serai.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.broker.Declarations;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** A queue with partitions and the route that consumes it, in one process. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class OrderedContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  final String name = "orders-" + UUID.randomUUID();
  SeraiApp serai;
  private Processor attempt;
  private final Set<String> listening = new HashSet<>();
  private final List<String> handled = new CopyOnWriteArrayList<>();

  /** Settings that choose the broker. */
  abstract Map<String, String> broker() throws Exception;

  /** Ends all connections of this Serai from the other side, without a word. */
  abstract void disconnect();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    TestPack.install(folder.resolve("routes"), "order", text -> text.replace("$orders", name));
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.routes", folder.resolve("routes").toString());
    settings.put("serai.broker.reconnect-delay", "100ms");
    serai = SeraiApp.start(folder.resolve("data"), settings);
  }

  @AfterAll
  void stop() throws IOException {
    serai.close();
  }

  @BeforeEach
  void begin() {
    handled.clear();
    attempt = exchange -> {};
    listening.clear();
  }

  /** Each key has an endpoint, which takes one message at a time. */
  private void listen(String key) {
    if (listening.add(key)) {
      MockEndpoint mock =
          serai.bean(CamelContext.class).getEndpoint("mock:" + key, MockEndpoint.class);
      mock.reset();
      mock.setRetainLast(0);
      mock.whenAnyExchangeReceived(
          exchange -> {
            attempt.process(exchange);
            handled.add(text(exchange));
          });
    }
  }

  @Test
  void is_shown_with_its_partitions() throws Exception {
    JsonNode queues = JSON.readTree(serai.operatorGet("/topology").body()).path("queues");

    assertThat(StreamSupport.stream(queues.spliterator(), false).map(q -> q.path("name").asText()))
        .contains(queue(), queue() + ".0", queue() + ".3")
        .doesNotContain(queue() + ".4", queue() + ".wait.200ms");
    assertThat(queues)
        .filteredOn(q -> q.path("name").asText().startsWith(queue()))
        .allSatisfy(q -> assertThat(q.path("state").asText()).isEqualTo("declared"));
  }

  @Test
  void a_way_to_the_queue_from_before_it_had_partitions_is_gone_after_a_start() throws Exception {
    try (Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      connection.createChannel().queueBind(queue(), name, "order.#");
      serai.bean(Declarations.class).declareOn(connection);
    }

    publish("once", 0).join();
    publish("once", 1).join();

    await().until(() -> handled.contains("once 1"));
    assertOrder("once", 2);
    assertThat(depth(queue())).isZero();
  }

  @Test
  void brings_the_messages_of_each_key_in_order_and_other_keys_meanwhile() throws Exception {
    attempt =
        exchange -> {
          if (text(exchange).equals("slow 0")) {
            awaitHandled(30);
          }
        };

    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (String key : List.of("slow", "a", "b", "c")) {
        sent.add(publish(key, i));
      }
    }

    sent.forEach(CompletableFuture::join);
    awaitHandled(40);
    assertOrder("slow", 10);
    assertOrder("a", 10);
    assertOrder("b", 10);
    assertOrder("c", 10);
    assertThat(handled.subList(30, 40)).allMatch(one -> one.startsWith("slow"));
  }

  @Test
  void a_failed_message_holds_up_its_key_and_no_other_until_it_is_done() {
    AtomicInteger attempts = new AtomicInteger();
    attempt =
        exchange -> {
          if (text(exchange).equals("bad 0") && attempts.incrementAndGet() <= 2) {
            throw new IllegalStateException("not yet");
          }
        };

    publish("bad", 0).join();
    publish("bad", 1).join();
    String same = samePartition("bad");
    publish(same, 0).join();

    awaitHandled(3);
    assertThat(handled).containsExactly(same + " 0", "bad 0", "bad 1");
    assertThat(attempts).hasValue(3);
    assertThat(depth(name + ".dlq")).isZero();
  }

  @Test
  void what_fails_for_good_is_parked_then_the_key_goes_on_and_a_replay_comes_back()
      throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    attempt =
        exchange -> {
          if (text(exchange).equals("bad 0") && attempts.incrementAndGet() <= 3) {
            throw new IllegalStateException("never");
          }
        };

    publish("bad", 0).join();
    publish("bad", 1).join();

    awaitHandled(1);
    assertThat(handled).containsExactly("bad 1");
    await().until(() -> depth(name + ".dlq") == 1);
    JsonNode parked =
        JSON.readTree(serai.operatorGet("/dlq/" + name + ".dlq").body()).at("/items/0");
    assertThat(parked.path("origin").asText()).isEqualTo(queue());
    assertThat(parked.path("attempts").asInt()).isEqualTo(3);
    assertThat(serai.operatorPost("/dlq/" + name + ".dlq/replay", "{}").statusCode())
        .isEqualTo(200);
    awaitHandled(2);
    assertThat(handled).containsExactly("bad 1", "bad 0");
  }

  @Test
  void a_key_is_held_back_behind_its_parked_message_until_all_are_replayed() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    attempt =
        exchange -> {
          if (text(exchange).equals("kept 0") && attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("not yet");
          }
        };

    for (int i = 0; i < 3; i++) {
      publish("held.placed", "kept", i).join();
    }
    publish("held.placed", "free", 0).join();

    await().until(() -> depth(name + ".dlq") == 3);
    awaitHandled(1);
    assertThat(handled).containsExactly("free 0");
    assertThat(serai.bean(Holds.class).list().items())
        .containsExactly(new Holds.HeldKey(name + ".held", "kept", 3));
    assertThat(serai.operatorPost("/dlq/" + name + ".dlq/replay", "{}").statusCode())
        .isEqualTo(200);
    awaitHandled(4);
    assertOrder("kept", 3);
    await().until(() -> serai.bean(Holds.class).list().items().isEmpty());
    publish("held.placed", "kept", 3).join();
    awaitHandled(5);
    assertOrder("kept", 4);
  }

  @Test
  void keeps_the_order_of_publishers_that_know_no_partitions() throws Exception {
    List<String> keys = new CopyOnWriteArrayList<>();
    attempt = exchange -> keys.add(exchange.getVariable("key", String.class));
    listen("foreign");

    try (Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      Channel channel = connection.createChannel();
      for (int i = 0; i < 20; i++) {
        channel.basicPublish(name, "order.placed", properties(), body("foreign", i));
      }
      awaitHandled(20);
    }

    assertOrder("foreign", 20);
    assertThat(keys).containsOnly("order.placed");
  }

  @Test
  void parks_what_can_never_be_sent_to_its_partition_and_sends_the_rest() throws Exception {
    listen("foreign");

    try (Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      Channel channel = connection.createChannel();
      channel.basicPublish(name, "order.placed", properties(), body("foreign", 0));
      int frame = connection.getFrameMax();
      channel.basicPublish(name, "order.placed", nearly(frame), body("foreign", 1));
      channel.basicPublish(name, "order.placed", properties(), body("foreign", 2));
      awaitHandled(2);
    }

    assertThat(handled).containsExactly("foreign 0", "foreign 2");
    JsonNode parked =
        JSON.readTree(serai.operatorGet("/dlq/" + name + ".dlq").body()).at("/items/0");
    assertThat(parked.path("payload").path("number").asInt()).isEqualTo(1);
    assertThat(parked.path("reason").asText()).startsWith("never-sent: ");
    assertThat(parked.path("origin").asText()).isEqualTo(queue());
    serai.bean(RabbitAdmin.class).purgeQueue(name + ".dlq");
  }

  /** Headers that leave a frame with no room for those that Serai adds. */
  private static AMQP.BasicProperties nearly(int frame) {
    return properties().builder().headers(Map.of("large", "x".repeat(frame - 172))).build();
  }

  @Test
  void knows_what_became_of_each_attempt() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    attempt =
        exchange -> {
          if (attempts.incrementAndGet() <= 3) {
            throw new IllegalStateException("never");
          }
        };
    AMQP.BasicProperties linked =
        properties().builder().headers(Map.of("correlationid", name + "-chain")).build();
    listen("traced");

    serai
        .bean(Publisher.class)
        .publish(new OutgoingMessage(name, "order.placed", linked, body("traced", 0)))
        .join();
    await().until(() -> depth(name + ".dlq") == 1);
    assertThat(serai.operatorPost("/dlq/" + name + ".dlq/replay", "{}").statusCode())
        .isEqualTo(200);
    awaitHandled(1);

    await()
        .untilAsserted(
            () ->
                assertThat(
                        JSON.readTree(serai.get("/trace/" + linked.getMessageId()).body())
                            .at("/events/0/steps"))
                    .extracting(step -> step.path("what").asText())
                    .containsExactly("published", "retried", "retried", "parked", "replayed"));
  }

  @Test
  void repeats_nothing_and_loses_no_order_when_its_connection_is_lost() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    attempt =
        exchange -> {
          if (seen.incrementAndGet() == 20) {
            disconnect();
          }
        };
    CamelContext camel = serai.bean(CamelContext.class);
    camel.getRouteController().stopRoute("order-handle");
    IntStream.range(0, 50).forEach(i -> publish("cut", i).join());

    camel.getRouteController().startRoute("order-handle");

    await().until(() -> handled.contains("cut 49"));
    assertOrder("cut", 50);
  }

  @Test
  void goes_on_where_it_was_after_its_route_was_stopped() throws Exception {
    CamelContext camel = serai.bean(CamelContext.class);
    camel.getRouteController().stopRoute("order-handle");
    IntStream.range(0, 20).forEach(i -> publish("rest", i).join());
    assertThat(handled).isEmpty();

    camel.getRouteController().startRoute("order-handle");
    await().until(() -> handled.size() >= 3);
    camel.getRouteController().suspendRoute("order-handle");
    camel.getRouteController().resumeRoute("order-handle");

    awaitHandled(20);
    assertOrder("rest", 20);
  }

  final String queue() {
    return name + ".placed";
  }

  /** Another key whose messages are in the same partition. */
  private static String samePartition(String key) {
    int partition = Integer.remainderUnsigned(Murmur3.hash(key), 4);
    return IntStream.range(0, 1000)
        .mapToObj(i -> "other" + i)
        .filter(other -> Integer.remainderUnsigned(Murmur3.hash(other), 4) == partition)
        .findFirst()
        .orElseThrow();
  }

  private CompletableFuture<Void> publish(String key, int number) {
    return publish("order.placed", key, number);
  }

  private CompletableFuture<Void> publish(String routingKey, String key, int number) {
    listen(key);
    return serai
        .bean(Publisher.class)
        .publish(new OutgoingMessage(name, routingKey, properties(), body(key, number)));
  }

  private static AMQP.BasicProperties properties() {
    return new AMQP.BasicProperties.Builder()
        .messageId(UUID.randomUUID().toString())
        .contentType("application/json")
        .deliveryMode(2)
        .build();
  }

  private static byte[] body(String key, int number) {
    return "{\"customer\":\"%s\",\"number\":%d}".formatted(key, number).getBytes(UTF_8);
  }

  private static String text(Exchange exchange) throws IOException {
    JsonNode order = JSON.readTree(exchange.getMessage().getBody(byte[].class));
    return order.path("customer").asText() + " " + order.path("number").asInt();
  }

  private void awaitHandled(int count) {
    await().untilAsserted(() -> assertThat(handled).hasSize(count));
  }

  private void assertOrder(String key, int count) {
    assertThat(handled.stream().filter(one -> one.startsWith(key + " ")).toList())
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> key + " " + i).toList());
  }

  private int depth(String queue) {
    try (Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      return connection.createChannel().queueDeclarePassive(queue).getMessageCount();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
