package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests for images, and an endpoint that makes them as OpenAI's does. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
class ImagesIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountDownLatch released = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private HttpServer endpoint;
  private SeraiApp serai;
  private Connection listener;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.setExecutor(Executors.newCachedThreadPool());
    endpoint.createContext("/v1/images/generations", this::answer);
    endpoint.start();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.broker.mode", "embedded");
    settings.put("serai.broker.embedded.durable", "false");
    settings.put("serai.packs", "conduit");
    settings.put("conduit.image.workers", "2");
    settings.put("conduit.image.model", "image-1");
    settings.put("conduit.retry", "100ms");
    settings.put(
        "conduit.image.base-url",
        "http://127.0.0.1:%d/v1".formatted(endpoint.getAddress().getPort()));
    serai = SeraiApp.start(data, settings);
    listener = serai.bean(ConnectionFactory.class).newConnection();
    Channel channel = listener.createChannel();
    channel.queueDeclare("told", false, true, true, Map.of());
    channel.queueBind("told", "conduit-events", "image.#");
    channel.basicConsume(
        "told",
        true,
        (tag, message) ->
            told.add(
                message.getEnvelope().getRoutingKey()
                    + " "
                    + new String(message.getBody(), StandardCharsets.UTF_8)),
        tag -> {});
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(request);
    int status = request.contains("forbidden") ? 400 : request.contains("broken") ? 500 : 200;
    if (request.contains("slow")) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    byte[] body =
        (status == 200
                ? "{\"created\":1,\"data\":[{\"url\":\"https://images.example/1.png\"}]}"
                : "{\"error\":{\"message\":\"not this one\"}}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterAll
  void stop() throws IOException {
    released.countDown();
    listener.close();
    serai.close();
    endpoint.stop(0);
  }

  @Test
  void a_slow_image_holds_up_no_other() throws Exception {
    request("slow", "slow");
    await().atMost(LONG).until(() -> asked.stream().anyMatch(a -> a.contains("slow")));
    for (int i = 0; i < 5; i++) {
      request("quick-" + i, "a cat");
    }

    for (int i = 0; i < 5; i++) {
      String id = "quick-" + i;
      await(id).atMost(LONG).until(() -> is("image.completed", id, "https://images.example/1.png"));
    }
    assertThat(is("image.completed", "slow", "")).isFalse();
    assertThat(is("image.progress", "slow", "\"progress\":0")).isTrue();
    released.countDown();
    await().atMost(LONG).until(() -> is("image.completed", "slow", ""));
    assertThat(asked).allMatch(request -> request.contains("\"model\":\"image-1\""));
  }

  @Test
  void one_that_the_endpoint_refuses_has_failed_at_once() throws Exception {
    request("refused", "forbidden");

    await()
        .atMost(LONG)
        .until(() -> is("image.failed", "refused", "the endpoint answered 400 not this one"));
    assertThat(asked.stream().filter(a -> a.contains("forbidden"))).hasSize(1);
  }

  @Test
  void one_that_fails_is_tried_again_and_then_has_failed() throws Exception {
    request("broken", "broken");

    await()
        .atMost(LONG)
        .until(() -> is("image.failed", "broken", "the endpoint answered 500 not this one"));
    assertThat(asked.stream().filter(a -> a.contains("broken"))).hasSize(2);
  }

  @Test
  void one_that_comes_again_gets_the_same_images_and_nobody_is_asked() throws Exception {
    request("twice", "a bird");
    await().atMost(LONG).until(() -> is("image.completed", "twice", ""));

    request("twice", "a bird");

    await().atMost(LONG).until(() -> count("image.completed", "twice") == 2);
    assertThat(asked.stream().filter(a -> a.contains("a bird"))).hasSize(1);
    assertThat(count("image.progress", "twice")).isEqualTo(1);
  }

  private long count(String key, String id) {
    return told.stream().filter(event -> is(event, key, id, "")).count();
  }

  private boolean is(String key, String id, String part) {
    return told.stream().anyMatch(event -> is(event, key, id, part));
  }

  private static boolean is(String event, String key, String id, String part) {
    return event.startsWith(key + " ")
        && event.contains("\"requestId\":\"" + id + "\"")
        && event.contains(part);
  }

  private void request(String id, String prompt) throws Exception {
    assertThat(
            serai
                .post(
                    "/conduit/events/image.requested",
                    "{\"requestId\":\"%s\",\"prompt\":\"%s\"}".formatted(id, prompt))
                .statusCode())
        .isEqualTo(202);
  }
}
