package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.hub.StreamClient.Event;
import dev.serai.hub.StreamClient.Stream;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
abstract class StreamContract implements ComingBackContract, ManyClientsContract {
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
    settings.put("streams.patience", "5s");
    settings.put("streams.keep.look", "1h"); // only when a test asks for it
    serai = SeraiApp.start(data, settings);
    hub = serai.bean(Hub.class);
  }

  @AfterAll
  void stop() throws Exception {
    clients.close();
    serai.close();
  }

  @Override
  public SeraiApp serai() {
    return serai;
  }

  @Override
  public StreamClient clients() {
    return clients;
  }

  @Override
  public Hub hub() {
    return hub;
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

  @Test
  void silence_is_broken_by_comments_as_long_as_the_client_asked_for() throws Exception {
    Stream stream = clients.open(serai.port(), "/stream?topic=" + UUID.randomUUID() + "&pad=2048");

    await().atMost(LONG).until(() -> stream.comments().size() >= 3);

    assertThat(stream.comments()).allSatisfy(comment -> assertThat(comment).hasSize(2047));
    stream.cut();
  }
}
