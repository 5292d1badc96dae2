package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.hub.StreamClient.Event;
import dev.serai.hub.StreamClient.Stream;
import dev.serai.support.SeraiApp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of GET /stream see. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class StreamContract {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int MANY = Boolean.getBoolean("serai.test.long") ? 1000 : 100;
  private static final int LARGE = 512 * 1024;

  private final StreamClient clients = new StreamClient();
  private SeraiApp serai;
  private Hub hub;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "helixagent");
    settings.put("streams.heartbeat", "1s");
    settings.put("streams.patience", "1s");
    settings.put("streams.keep.look", "1h"); // only when a test asks for it
    serai = SeraiApp.start(data, settings);
    hub = serai.bean(Hub.class);
  }

  @AfterAll
  void stop() throws Exception {
    clients.close();
    serai.close();
  }

  @Test
  void a_notification_reaches_whoever_follows() throws Exception {
    Stream stream = clients.open(serai.port(), "/stream?topic=helixagent/notifications");

    HttpResponse<String> accepted =
        serai.post("/publish/helixagent.notifications/any", "{\"type\":\"debate.finished\"}");

    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    await().atMost(LONG).until(() -> !stream.events().isEmpty());
    Event event = stream.events().get(0);
    assertThat(event.data()).isEqualTo("{\"type\":\"debate.finished\"}");
    assertThat(event.type()).isEqualTo("message");
    assertThat(event.id()).startsWith("urn:uuid:");
    stream.cut();
  }

  @Test
  void the_head_and_first_bytes_come_at_once_and_no_proxy_keeps_them() throws Exception {
    Stream stream = clients.open(serai.port(), "/stream?topic=" + UUID.randomUUID());

    assertThat(stream.answer().statusCode()).isEqualTo(200);
    assertThat(stream.answer().getHeader("Content-Type")).isEqualTo("text/event-stream");
    assertThat(stream.answer().getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(stream.answer().getHeader("X-Accel-Buffering")).isEqualTo("no");
    assertThat(stream.answer().getHeader("Last-Event-ID")).isNull();
    await().atMost(LONG).until(() -> !stream.comments().isEmpty());
    stream.cut();
  }

  @Test
  void a_client_is_told_its_topics_only_each_update_once_and_in_order() throws Exception {
    String topic = "https://example.com/" + UUID.randomUUID();
    String other = topic + "/other";
    Stream both =
        clients.open(
            serai.port(), "/stream?topic=" + topic + "&topic=" + other.replace("/", "%2F"));
    Stream one = clients.open(serai.port(), "/stream?topic=" + topic);
    Stream all = clients.open(serai.port(), "/stream?topic=*");

    publish(topic, "1");
    publish(other, "2");
    publish(new Update(List.of(topic, other), "3", false, null, null, null));
    publish(new Update(List.of(other, topic), "4", true, null, null, null));
    publish(topic, "5");

    await().atMost(LONG).until(() -> both.events().size() >= 4 && all.events().size() >= 4);
    assertThat(data(both)).containsExactly("1", "2", "3", "5");
    assertThat(data(one)).containsExactly("1", "3", "5");
    assertThat(data(all)).containsSubsequence("1", "2", "3", "5").doesNotContain("4");
    List.of(both, one, all).forEach(Stream::cut);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/stream",
        "/stream?topic=",
        "/stream?topic=a%0Ab",
        "/stream?topic=a%00",
        "/stream?other=1",
        "/stream?topic=a&lastEventID=b%0Ac",
        "/stream?topic=a&pad=-1",
        "/stream?topic=a&pad=99999",
        "/stream?topic=a&pad=x"
      })
  void a_request_that_cannot_be_is_refused(String path) throws Exception {
    HttpResponse<String> refused = serai.get(path);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void too_many_topics_are_refused() throws Exception {
    assertThat(serai.get("/stream?topic=a" + "&topic=a".repeat(100)).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "header",
        "&lastEventID=",
        "&last_event_id=",
        "&Last-Event-ID=",
      })
  void who_comes_back_goes_on_behind_what_it_has(String way) throws Exception {
    String path = "/stream?topic=" + UUID.randomUUID();
    String topic = path.substring(path.indexOf('=') + 1);
    String first = publish(topic, "1");
    publish(topic, "2");

    Stream stream =
        way.equals("header")
            ? clients.open(serai.port(), path, Map.of("Last-Event-ID", first))
            : clients.open(serai.port(), path + way + first);
    publish(topic, "3");

    await().atMost(LONG).until(() -> stream.events().size() >= 2);
    assertThat(data(stream)).containsExactly("2", "3");
    assertThat(stream.answer().getHeader("Last-Event-ID")).isEqualTo(first);
    assertThat(stream.answer().getHeader("Mercure-Last-Event-ID")).isEqualTo(first);
    stream.cut();
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "urn:uuid:unknown", "whatever"})
  void who_names_an_event_that_is_not_known_is_told_all_that_is_kept(String id) throws Exception {
    String topic = UUID.randomUUID().toString();
    publish(topic, "1");
    publish(topic, "2");

    Stream stream =
        clients.open(serai.port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", id));

    await().atMost(LONG).until(() -> stream.events().size() >= 2);
    assertThat(data(stream)).containsExactly("1", "2");
    assertThat(stream.answer().getHeader("Last-Event-ID")).isEqualTo("earliest");
    stream.cut();
  }

  @Test
  void who_is_behind_what_was_deleted_is_told_so() throws Exception {
    String topic = UUID.randomUUID().toString();
    String first = publish(new Update(List.of(topic), "1", false, "a" + topic, null, null));
    String other = UUID.randomUUID().toString();
    publish(other, "x");
    String second = publish(new Update(List.of(other), "y", false, "b" + topic, null, null));
    for (int i = 0; i < 5; i++) {
      publish(topic, "more");
    }
    serai.bean(StreamHistory.class).forget("1h", 3);

    Stream gap =
        clients.open(serai.port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", second));
    Stream whole =
        clients.open(serai.port(), "/stream?topic=" + other, Map.of("Last-Event-ID", second));
    Stream unknown =
        clients.open(serai.port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", first));

    await().atMost(LONG).until(() -> gap.events().size() + unknown.events().size() >= 6);
    assertThat(gap.answer().getHeader("Last-Event-ID")).isEqualTo("earliest");
    assertThat(whole.answer().getHeader("Last-Event-ID")).isEqualTo(second);
    assertThat(unknown.answer().getHeader("Last-Event-ID")).isEqualTo("earliest");
    List.of(gap, whole, unknown).forEach(Stream::cut);
  }

  @Test
  void an_id_in_another_language_comes_back_as_it_was() throws Exception {
    String topic = UUID.randomUUID().toString();
    String id = publish(new Update(List.of(topic), "1", false, "żółw-" + topic, null, null));
    publish(topic, "2");

    Stream stream =
        clients.open(
            serai.port(),
            "/stream?topic="
                + topic
                + "&lastEventID="
                + URLEncoder.encode(id, StandardCharsets.UTF_8));

    await().atMost(LONG).until(() -> !stream.events().isEmpty());
    assertThat(data(stream)).containsExactly("2");
    stream.cut();
  }

  @Test
  void a_client_that_is_cut_again_and_again_misses_nothing_and_sees_nothing_twice()
      throws Exception {
    String topic = UUID.randomUUID().toString();
    List<String> seen = new ArrayList<>();
    String last = publish(topic, "before");
    for (int cut = 0; cut < 50; cut++) {
      Stream stream =
          clients.open(serai.port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", last));
      List<CompletableFuture<String>> kept = new ArrayList<>();
      for (int i = 0; i < 4; i++) { // some while it is there, some while it is not
        kept.add(hub.publish(Channel.SSE, Update.of(topic, cut + "." + i), null));
      }
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> !stream.events().isEmpty());
      stream.cut();
      List<Event> events = stream.events();
      events.forEach(event -> seen.add(event.data()));
      last = events.get(events.size() - 1).id();
      CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    }
    Stream rest =
        clients.open(serai.port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", last));
    await().atMost(LONG).until(() -> seen.size() + rest.events().size() >= 200);
    seen.addAll(data(rest));
    rest.cut();

    assertThat(seen).hasSize(200).doesNotHaveDuplicates();
    assertThat(seen.get(199)).isEqualTo("49.3");
  }

  @Test
  void many_clients_are_told_many_events_none_missing_and_none_twice() throws Exception {
    String topic = UUID.randomUUID().toString();
    List<CompletableFuture<Stream>> opening = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      opening.add(clients.openLater(serai.port(), "/stream?topic=" + topic, Map.of()));
    }
    List<Stream> streams = new ArrayList<>();
    for (CompletableFuture<Stream> stream : opening) {
      streams.add(stream.get(60, TimeUnit.SECONDS));
    }

    for (int i = 0; i < MANY; i++) {
      hub.publish(Channel.SSE, Update.of(topic, "" + i), null);
    }

    await().atMost(LONG).until(() -> streams.stream().allMatch(s -> s.events().size() >= MANY));
    List<String> all = IntStream.range(0, MANY).mapToObj(String::valueOf).toList();
    assertThat(streams).allSatisfy(stream -> assertThat(data(stream)).isEqualTo(all));
    streams.forEach(Stream::cut);
  }

  @Test
  void a_client_that_takes_nothing_is_cut_off_and_can_come_back() throws Exception {
    String path = "/stream?topic=" + UUID.randomUUID();
    String topic = path.substring(path.indexOf('=') + 1);
    double before = cutOff();
    String start = publish(topic, "0");
    Stream healthy = clients.open(serai.port(), path);
    try (Socket stuck = new Socket()) { // reads nothing
      stuck.setReceiveBufferSize(4096);
      stuck.connect(new InetSocketAddress("127.0.0.1", serai.port()));
      stuck
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      await().atMost(LONG).until(() -> connections() >= 2);

      for (int i = 1; i <= 60; i++) {
        publish(topic, i + "x".repeat(LARGE));
      }

      await().atMost(LONG).until(() -> cutOff() > before);
    }
    await().atMost(LONG).until(() -> healthy.events().size() >= 60);
    Stream back = clients.open(serai.port(), path, Map.of("Last-Event-ID", start));
    await().atMost(LONG).until(() -> back.events().size() >= 60);
    assertThat(healthy.events()).doesNotHaveDuplicates().hasSize(60);
    assertThat(back.events().equals(healthy.events())).isTrue();
    List.of(healthy, back).forEach(Stream::cut);
  }

  private double cutOff() {
    Counter counter =
        serai
            .bean(MeterRegistry.class)
            .find("serai.streams.ended")
            .tags("channel", "sse", "reason", "too-slow")
            .counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void silence_is_broken_by_comments_as_long_as_the_client_asked_for() throws Exception {
    Stream stream = clients.open(serai.port(), "/stream?topic=" + UUID.randomUUID() + "&pad=2048");

    await().atMost(LONG).until(() -> stream.comments().size() >= 3);

    assertThat(stream.comments()).allSatisfy(comment -> assertThat(comment).hasSize(2047));
    stream.cut();
  }

  @Test
  void connections_are_counted() throws Exception {
    String topic = "/stream?topic=" + UUID.randomUUID();
    await().atMost(LONG).until(() -> connections() == 0); // of other tests

    List<Stream> streams =
        List.of(clients.open(serai.port(), topic), clients.open(serai.port(), topic));
    await().atMost(LONG).until(() -> connections() == 2);
    streams.forEach(Stream::cut);

    await().atMost(LONG).until(() -> connections() == 0);
  }

  private double connections() {
    return serai.bean(MeterRegistry.class).get("serai.sse.connections").gauge().value();
  }

  private String publish(String topic, String data) throws Exception {
    return publish(Update.of(topic, data));
  }

  private String publish(Update update) throws Exception {
    return hub.publish(Channel.SSE, update, null).get(20, TimeUnit.SECONDS);
  }

  private static List<String> data(Stream stream) {
    return stream.events().stream().map(Event::data).toList();
  }
}
