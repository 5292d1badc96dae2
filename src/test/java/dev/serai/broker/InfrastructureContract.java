package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** The seven infrastructure checks of the Bloodbank seed, by its names, on its exchange. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class InfrastructureContract {
  private static final String EXCHANGE = "bloodbank.events.v1";
  private static final String VOICE = "transcription.voice.completed";
  private static final Duration LONG = Duration.ofSeconds(30);

  SeraiApp serai;
  private BlockingQueue<String> service;
  private BlockingQueue<String> audit;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker() throws Exception;

  /** Ends all connections of this Serai from the other side, without a word. */
  abstract void disconnect();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    TestPack.install(folder.resolve("routes"), "infrastructure", text -> text);
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.routes", folder.resolve("routes").toString());
    settings.put("serai.broker.reconnect-delay", "100ms");
    serai = SeraiApp.start(folder.resolve("data"), settings);
  }

  @AfterAll
  void stop() throws IOException {
    try (SeraiApp last = serai) {
      RabbitAdmin admin = last.bean(RabbitAdmin.class);
      admin.deleteQueue("infrastructure.service");
      admin.deleteQueue("infrastructure.audit");
      admin.deleteExchange(EXCHANGE);
    }
  }

  @BeforeEach
  void listen() {
    service = consumer("service");
    audit = consumer("audit");
  }

  @Test
  void rabbitmq_connection_successful() throws Exception {
    long start = System.nanoTime();

    try (Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      assertThat(connection.isOpen()).isTrue();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(serai.get("/health/ready").body()).startsWith("{\"status\":\"Healthy\"");
    long counted = serai.bean(ConnectionState.class).reconnections();
    assertThat(serai.get("/metrics").body())
        .containsPattern("(?m)^serai_reconnects_total(\\{.*})? " + counted + "(\\.0)?$");
  }

  @Test
  void exchange_creation_and_durability_verified() throws Exception {
    try (Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      connection.createChannel().exchangeDeclarePassive(EXCHANGE);
      connection.createChannel().exchangeDeclare(EXCHANGE, "topic", true);

      assertThatThrownBy(() -> connection.createChannel().exchangeDeclare(EXCHANGE, "topic", false))
          .hasStackTraceContaining("received 'false' but current is 'true'");
    }
  }

  @Test
  void publisher_can_send_events() throws Exception {
    HttpResponse<String> response = serai.post("/publish/" + EXCHANGE + "/" + VOICE, "{}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(response.body()).contains("\"state\":\"confirmed\"");
  }

  @Test
  void consumer_can_receive_events() throws Exception {
    publish("fireflies.transcript.ready", "{\"text\":\"not for the service\"}");
    publish(VOICE, "{\"text\":\"hello\"}");

    assertThat(until(service, "{\"text\":\"hello\"}"))
        .noneMatch(earlier -> earlier.contains("not for the service"));
  }

  @Test
  void latency_under_100_ms() throws Exception {
    int events = 50;
    long total = 0;
    for (int i = 0; i < events; i++) {
      long start = System.nanoTime();
      publish(VOICE, "{\"n\":" + i + "}");
      until(service, "{\"n\":" + i + "}");
      total += System.nanoTime() - start;
    }

    assertThat(Duration.ofNanos(total / events)).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void fan_out_to_multiple_consumers_works() throws Exception {
    publish(VOICE, "{\"for\":\"both\"}");

    until(service, "{\"for\":\"both\"}");
    until(audit, "{\"for\":\"both\"}");
  }

  @Test
  void connection_recovery_after_disconnect() throws Exception {
    long before = serai.bean(ConnectionState.class).reconnections();
    publish(VOICE, "{\"when\":\"before\"}");
    until(service, "{\"when\":\"before\"}");

    disconnect();

    await().atMost(LONG).until(() -> serai.bean(ConnectionState.class).reconnections() > before);
    await().atMost(LONG).untilAsserted(() -> publish(VOICE, "{\"when\":\"after\"}"));
    until(service, "{\"when\":\"after\"}");
    assertThat(serai.get("/health/ready").body()).startsWith("{\"status\":\"Healthy\"");
  }

  private void publish(String key, String body) throws Exception {
    HttpResponse<String> response = serai.post("/publish/" + EXCHANGE + "/" + key, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
  }

  private BlockingQueue<String> consumer(String name) {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    MockEndpoint mock =
        serai.bean(CamelContext.class).getEndpoint("mock:" + name, MockEndpoint.class);
    mock.reset();
    mock.whenAnyExchangeReceived(
        exchange -> received.add(exchange.getMessage().getBody(String.class)));
    return received;
  }

  /**
   * Waits for a message; before it others may come, of an earlier test or a second time because
   * their ack was lost.
   *
   * @return those others
   */
  private static List<String> until(BlockingQueue<String> received, String body)
      throws InterruptedException {
    List<String> earlier = new ArrayList<>();
    String next = received.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    while (!body.equals(next)) {
      assertThat(next).as("comes before %s is missed, after %s", body, earlier).isNotNull();
      earlier.add(next);
      next = received.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    }
    return earlier;
  }
}
