package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of GET /ws see. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class WebSocketContract {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Together more than the system keeps for a connection. */
  private static final int MANY = 400;

  private static final int LARGE = 32 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = vertx.createHttpClient();
  private SeraiApp serai;
  private Hub hub;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "helixagent");
    settings.put("streams.heartbeat", "1s");
    settings.put("streams.patience", "5s");
    serai = SeraiApp.start(data, settings);
    hub = serai.bean(Hub.class);
  }

  @AfterAll
  void stop() throws Exception {
    serai.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_notification_reaches_whoever_follows() throws Exception {
    Talker talker = new Talker("/ws?topic=helixagent/notifications");

    HttpResponse<String> accepted =
        serai.post("/publish/helixagent.notifications/any", "{\"type\":\"debate.finished\"}");

    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    JsonObject told = talker.heard(0);
    assertThat(told.getString("topic")).isEqualTo("helixagent/notifications");
    assertThat(told.getJsonArray("topics")).containsExactly("helixagent/notifications");
    assertThat(told.getString("type")).isEqualTo("message");
    assertThat(told.getString("data")).isEqualTo("{\"type\":\"debate.finished\"}");
    assertThat(told.getString("id")).startsWith("urn:uuid:");
    talker.socket.close();
  }

  @Test
  void a_client_changes_its_topics() throws Exception {
    String first = UUID.randomUUID().toString();
    String second = UUID.randomUUID().toString();
    Talker talker = new Talker("/ws");

    talker.say(Map.of("type", "subscribe", "topics", new JsonArray().add(first).add(second)));
    assertThat(talker.heard(0).getString("type")).isEqualTo("subscribed");
    publish(first, "1");
    assertThat(talker.heard(1).getString("data")).isEqualTo("1");
    talker.say(Map.of("type", "unsubscribe", "topics", new JsonArray().add(first)));
    assertThat(talker.heard(2).getString("type")).isEqualTo("unsubscribed");
    publish(first, "2");
    publish(second, "3");

    assertThat(talker.heard(3).getString("data")).isEqualTo("3");
    talker.socket.close();
  }

  @Test
  void a_client_says_patterns_too() throws Exception {
    String topic = "/" + UUID.randomUUID();
    JsonArray patterns = new JsonArray().add(topic + "/:id");
    Talker talker = new Talker("/ws?topic=" + topic + "/%7Bid%7D");

    publish(topic + "/1", "1");
    assertThat(talker.heard(0).getString("data")).isEqualTo("1");
    talker.say(Map.of("type", "unsubscribe", "topics", new JsonArray().add(topic + "/{id}")));
    assertThat(talker.heard(1).getString("type")).isEqualTo("unsubscribed");
    publish(topic + "/2", "2");
    talker.say(Map.of("type", "subscribe", "match_urlpattern", patterns));
    JsonObject answer = talker.heard(2);
    assertThat(answer.getJsonArray("match_urlpattern")).as("%s", answer).isEqualTo(patterns);
    publish(topic + "/3", "3");

    assertThat(talker.heard(3).getString("data")).isEqualTo("3");
    talker.socket.close();
  }

  @Test
  void a_client_goes_on_behind_what_it_has() throws Exception {
    String topic = UUID.randomUUID().toString();
    String id = publish(topic, "1");
    publish(topic, "2");

    Talker byAddress = new Talker("/ws?topic=" + topic + "&lastEventID=" + id);
    Talker bySaying = new Talker("/ws");
    bySaying.say(
        Map.of("type", "subscribe", "topics", new JsonArray().add(topic), "lastEventId", id));
    publish(topic, "3");

    assertThat(byAddress.heard(0).getString("data")).isEqualTo("2");
    assertThat(byAddress.heard(1).getString("data")).isEqualTo("3");
    assertThat(bySaying.heard(0).getString("type")).isEqualTo("subscribed");
    assertThat(bySaying.heard(1).getString("data")).isEqualTo("2");
    assertThat(bySaying.heard(2).getString("data")).isEqualTo("3");
    byAddress.socket.close();
    bySaying.socket.close();
  }

  @Test
  void a_client_that_takes_nothing_is_cut_off_and_can_come_back() throws Exception {
    String topic = UUID.randomUUID().toString();
    String start = publish(topic, "0");
    await().atMost(LONG).until(() -> connections() == 0); // of other tests
    double before = cutOff();
    try (Socket stuck = new Socket()) { // reads nothing
      stuck.setReceiveBufferSize(4096);
      stuck.connect(new InetSocketAddress("127.0.0.1", serai.port()));
      String request =
          "GET /ws?topic=%s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      stuck.getOutputStream().write(request.formatted(topic).getBytes(StandardCharsets.UTF_8));
      await().atMost(LONG).until(() -> connections() == 1);

      CompletableFuture.allOf(
              IntStream.rangeClosed(1, MANY)
                  .mapToObj(i -> Update.of(topic, i + "x".repeat(LARGE)))
                  .map(update -> hub.publish(Channel.WEBSOCKET, update, null))
                  .toArray(CompletableFuture<?>[]::new))
          .get(30, TimeUnit.SECONDS);

      await().atMost(LONG).until(() -> cutOff() > before);
    }
    Talker back = new Talker("/ws?topic=" + topic + "&lastEventID=" + start);
    for (int i = 1; i <= MANY; i++) {
      assertThat(back.heard(i - 1).getString("data")).startsWith(i + "x");
    }
    back.socket.close();
  }

  private double cutOff() {
    Counter counter =
        serai
            .bean(MeterRegistry.class)
            .find("serai.streams.ended")
            .tags("channel", "websocket", "reason", "too-slow")
            .counter();
    return counter == null ? 0 : counter.count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{\"type\":\"other\"}",
        "{\"type\":\"subscribe\"}",
        "{\"type\":\"subscribe\",\"topics\":[]}",
        "{\"type\":\"subscribe\",\"topics\":[\"a\\nb\"]}",
        "{\"type\":\"subscribe\",\"match_urlpattern\":[\"/:\"]}",
        "{\"type\":\"subscribe\",\"topics\":[\"a\"],\"lastEventId\":\"a\\u0000\"}"
      })
  void what_cannot_be_understood_is_said_and_the_talk_goes_on(String garbage) throws Exception {
    Talker talker = new Talker("/ws");

    talker.socket.writeTextMessage(garbage);
    talker.say(Map.of("type", "ping"));

    assertThat(talker.heard(0).getString("code")).isEqualTo("bad-message");
    assertThat(talker.heard(1).getString("type")).isEqualTo("pong");
    talker.socket.close();
  }

  @Test
  void silence_is_broken_by_pings_and_connections_are_counted() throws Exception {
    Talker talker = new Talker("/ws");

    await().atMost(LONG).until(() -> talker.pings.size() >= 2);
    assertThat(connections()).isPositive();
    talker.socket.close();

    await().atMost(LONG).until(() -> connections() == 0);
  }

  private double connections() {
    return serai.bean(MeterRegistry.class).get("serai.websocket.connections").gauge().value();
  }

  @Test
  void a_request_that_asks_for_no_websocket_is_refused() throws Exception {
    HttpResponse<String> refused = serai.get("/ws?topic=a");

    assertThat(refused.statusCode()).isEqualTo(426);
    assertThat(refused.body()).contains("upgrade-required");
  }

  @Test
  void a_topic_that_cannot_be_and_a_page_of_another_origin_are_refused() {
    assertRefused(new WebSocketConnectOptions().setURI("/ws?topic=a%0Ab"), 400);
    assertRefused(
        new WebSocketConnectOptions().setURI("/ws").addHeader("Origin", "https://evil.example.com"),
        403);
  }

  private void assertRefused(WebSocketConnectOptions options, int status) {
    assertThatThrownBy(() -> connect(options, opened -> {}))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refused -> assertThat(refused.getStatus()).isEqualTo(status));
  }

  /** Opens one; it listens before anything can be said. */
  private WebSocket connect(WebSocketConnectOptions options, Consumer<WebSocket> listening)
      throws Exception {
    return http.webSocket(options.setHost("127.0.0.1").setPort(serai.port()))
        .onSuccess(listening::accept)
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private String publish(String topic, String data) throws Exception {
    return hub.publish(Channel.WEBSOCKET, Update.of(topic, data), null).get(20, TimeUnit.SECONDS);
  }

  /** A client, with what it has heard. */
  private final class Talker {
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();
    private final List<String> pings = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    Talker(String path) throws Exception {
      socket = connect(new WebSocketConnectOptions().setURI(path), this::listen);
    }

    private void listen(WebSocket opened) {
      opened.textMessageHandler(text -> heard.add(new JsonObject(text)));
      opened.frameHandler(
          frame -> {
            if (frame.isPing()) {
              pings.add("ping");
            }
          });
    }

    void say(Map<String, Object> message) {
      socket.writeTextMessage(new JsonObject(message).encode());
    }

    JsonObject heard(int index) {
      await().atMost(LONG).until(() -> heard.size() > index);
      return heard.get(index);
    }
  }
}
