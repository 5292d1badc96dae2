package dev.serai.delivery;

import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import dev.serai.topology.Topologies;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/**
 * A Serai with the real shared routes and pack {@code trial}, whose queues have names of their own
 * on a broker that others use too.
 */
final class Trial implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 15_000;

  private final String name = "trial-" + UUID.randomUUID();
  private final Path folder;
  private final Map<String, String> settings;
  private SeraiApp serai;

  Trial(Path folder, Map<String, String> settings) {
    TestPack.install(folder.resolve("routes"), "trial", text -> text.replace("$trial", name));
    this.folder = folder;
    this.settings = new LinkedHashMap<>(settings);
    this.settings.put("serai.routes", folder.resolve("routes").toString());
    this.settings.put("serai.broker.embedded.housekeeping", "50ms");
    this.serai = SeraiApp.start(folder.resolve("data"), this.settings);
  }

  /** Stops this Serai and starts another one on the same data. */
  void restart() {
    serai.close();
    serai = SeraiApp.start(folder.resolve("data"), settings);
  }

  SeraiApp serai() {
    return serai;
  }

  /** The full name of a queue of the pack. */
  String queue(String shortName) {
    return name + "." + shortName;
  }

  /** Publishes a JSON message as an application would, with id {@code m-<body>}. */
  void publish(String key, String body, Map<String, Object> headers) {
    MessageProperties properties = new MessageProperties();
    properties.setMessageId("m-" + body);
    properties.setContentType("application/json");
    headers.forEach(properties::setHeader);
    admin()
        .getRabbitTemplate()
        .send(
            name + ".in",
            key,
            MessageBuilder.withBody(body.getBytes()).andProperties(properties).build());
  }

  /** Bodies that the target of a route has got since the start or the last {@link #target}. */
  List<String> received(String route) {
    return mock(route).getReceivedExchanges().stream()
        .map(exchange -> exchange.getMessage().getBody(String.class))
        .toList();
  }

  private MockEndpoint mock(String route) {
    return serai.bean(CamelContext.class).getEndpoint("mock:" + route, MockEndpoint.class);
  }

  /** What the target of a route does with each message; replaces what it did before. */
  Attempts target(String route, Target target) {
    MockEndpoint mock = mock(route);
    Attempts attempts = new Attempts();
    mock.reset();
    mock.whenAnyExchangeReceived(
        exchange -> {
          String body = exchange.getMessage().getBody(String.class);
          int number = attempts.add(body);
          target.take(body, number, exchange);
        });
    return attempts;
  }

  /** Takes a message, or throws. */
  interface Target {
    void take(String body, int attempt, Exchange exchange) throws Exception;
  }

  /** When each attempt was made, in order. */
  static final class Attempts {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Long> nanos = new CopyOnWriteArrayList<>();

    private synchronized int add(String body) {
      nanos.add(System.nanoTime());
      bodies.add(body);
      return nanos.size();
    }

    int count() {
      return nanos.size();
    }

    List<String> bodies() {
      return bodies;
    }

    /** Time between an attempt and the one before it, both counted from 1. */
    Duration before(int attempt) {
      return Duration.ofNanos(nanos.get(attempt - 1) - nanos.get(attempt - 2));
    }
  }

  /** Takes the next message of a queue, waiting for it. */
  Message take(String shortName) {
    Message message = admin().getRabbitTemplate().receive(queue(shortName), PATIENCE_MILLIS);
    if (message == null) {
      throw new AssertionError("nothing came to " + shortName);
    }
    return message;
  }

  /** Messages that are ready; null when the queue does not exist. */
  @Nullable Long depth(String shortName) {
    var info = admin().getQueueInfo(queue(shortName));
    return info == null ? null : Long.valueOf(info.getMessageCount());
  }

  RabbitAdmin admin() {
    return serai.bean(RabbitAdmin.class);
  }

  /** Sum of the counters that have these tags, whatever others they have. */
  double count(String counter, String... tags) {
    return serai.bean(MeterRegistry.class).find(counter).tags(tags).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Override
  public void close() {
    serai.bean(Topologies.class).queues().keySet().stream()
        .filter(queue -> queue.startsWith(name))
        .forEach(admin()::deleteQueue);
    serai.close();
  }
}
