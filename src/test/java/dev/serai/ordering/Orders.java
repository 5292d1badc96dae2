package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.broker.Publisher;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.mock.MockEndpoint;

/** A Serai with pack {@code order} of the tests, and what it has done with its messages. */
final class Orders implements AutoCloseable {
  private final String name = "orders-" + UUID.randomUUID();
  private final Set<String> listening = new HashSet<>();
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final SeraiApp serai;
  private volatile Processor attempt = exchange -> {};

  Orders(Path folder, Map<String, String> broker) {
    TestPack.install(folder.resolve("routes"), "order", text -> text.replace("$orders", name));
    Map<String, String> settings = new LinkedHashMap<>(broker);
    settings.put("serai.routes", folder.resolve("routes").toString());
    settings.put("serai.broker.reconnect-delay", "100ms");
    serai = SeraiApp.start(folder.resolve("data"), settings);
  }

  /** Before each test: nothing was handled, and whatever comes succeeds. */
  void begin() {
    handled.clear();
    attempt = exchange -> {};
    listening.clear();
  }

  SeraiApp serai() {
    return serai;
  }

  /** Of the exchange; the names of its queues begin with it. */
  String name() {
    return name;
  }

  /** The name of the queue whose messages are tried three times. */
  String queue() {
    return name + ".placed";
  }

  /** What happens at each attempt from now on. */
  void attempt(Processor processor) {
    attempt = processor;
  }

  /** The messages whose attempt has succeeded, in that order. */
  List<String> handled() {
    return handled;
  }

  /** Each key has an endpoint, which takes one message at a time. */
  void listen(String key) {
    if (listening.add(key)) {
      MockEndpoint mock =
          serai.bean(CamelContext.class).getEndpoint("mock:" + key, MockEndpoint.class);
      mock.reset();
      mock.setRetainLast(0);
      mock.whenAnyExchangeReceived(
          exchange -> {
            attempt.process(exchange);
            handled.add(Order.of(exchange).toString());
          });
    }
  }

  CompletableFuture<Void> publish(String key, int number) {
    return publish("order.placed", key, number);
  }

  CompletableFuture<Void> publish(String routingKey, String key, int number) {
    listen(key);
    return serai.bean(Publisher.class).publish(new Order(key, number).to(name, routingKey));
  }

  void awaitHandled(int count) {
    await().untilAsserted(() -> assertThat(handled).hasSize(count));
  }

  /** That just so many of a key were handled, each once and in its place. */
  void assertOrder(String key, int count) {
    assertThat(handled.stream().filter(one -> one.startsWith(key + " ")).toList())
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> key + " " + i).toList());
  }

  /** Messages that are ready in a queue. */
  int depth(String queue) {
    try (Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      return connection.createChannel().queueDeclarePassive(queue).getMessageCount();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many messages are parked. */
  int parked() {
    return depth(name + ".dlq");
  }

  /** The parked message that is shown first. */
  JsonNode firstParked() throws IOException, InterruptedException {
    return new ObjectMapper()
        .readTree(serai.operatorGet("/dlq/" + name + ".dlq").body())
        .at("/items/0");
  }

  /** Sends all that are parked back. */
  void replay() throws IOException, InterruptedException {
    assertThat(serai.operatorPost("/dlq/" + name + ".dlq/replay", "{}").statusCode())
        .isEqualTo(200);
  }

  @Override
  public void close() {
    serai.close();
  }
}
