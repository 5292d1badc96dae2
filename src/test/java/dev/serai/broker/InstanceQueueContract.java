package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.support.SeraiApp;
import dev.serai.support.Sidecar;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue that each process has for itself. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class InstanceQueueContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  final String name = "instance-" + UUID.randomUUID();
  SeraiApp serai;
  Path folder;
  BlockingQueue<String> heard;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker() throws Exception;

  /** Ends all connections of this Serai from the other side, without a word. */
  abstract void disconnect();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    serai = start("one");
  }

  @AfterAll
  void stop() throws IOException {
    serai.close();
  }

  @BeforeEach
  void listen() {
    heard = listen(serai);
  }

  @Test
  void has_the_name_of_the_file_everywhere_but_on_the_broker() throws Exception {
    JsonNode queue = shown(serai);

    assertThat(queue.path("role").asText()).isEqualTo("per-instance");
    assertThat(queue.path("state").asText()).isEqualTo("declared");
    assertThat(queue.path("brokerName").asText()).matches("\\Q" + queue() + "\\E\\.[0-9a-f]{12}");
    await()
        .untilAsserted(
            () ->
                assertThat(serai.get("/metrics").body())
                    .doesNotContain(queue() + ".")
                    .containsPattern(
                        "serai_queue_consumers\\{.*queue=\"%s\".*} 1\\.0".formatted(queue())));
  }

  @Test
  void hears_again_after_the_connection_was_lost() throws Exception {
    long before = serai.bean(ConnectionState.class).reconnections();

    disconnect();

    await().until(() -> serai.bean(ConnectionState.class).reconnections() > before);
    await()
        .untilAsserted(
            () -> {
              publish("{\"when\":\"after\"}");
              assertThat(heard.poll(100, TimeUnit.MILLISECONDS)).contains("after");
            });
    assertThat(serai.get("/health/ready").body()).startsWith("{\"status\":\"Healthy\"");
  }

  @Test
  void keeps_what_comes_while_its_route_is_stopped() throws Exception {
    CamelContext camel = serai.bean(CamelContext.class);
    camel.getRouteController().stopRoute("instance-hear");
    publish("{\"when\":\"stopped\"}");

    camel.getRouteController().startRoute("instance-hear");

    assertThat(heard.poll(20, TimeUnit.SECONDS)).contains("stopped");
  }

  final String queue() {
    return name + ".heard";
  }

  final SeraiApp start(String which) throws Exception {
    return SeraiApp.start(folder.resolve(which).resolve("data"), settings(which));
  }

  /** Of a Serai with routes of its own. */
  final Map<String, String> settings(String which) throws Exception {
    Path own = folder.resolve(which);
    TestPack.install(own.resolve("routes"), "instance", text -> text.replace("$instance", name));
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.routes", own.resolve("routes").toString());
    settings.put("serai.broker.reconnect-delay", "100ms");
    return settings;
  }

  final void publish(String body) throws Exception {
    assertThat(serai.post("/publish/" + name + "/x", body).statusCode()).isEqualTo(202);
  }

  private static BlockingQueue<String> listen(SeraiApp serai) {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    MockEndpoint mock =
        serai.bean(CamelContext.class).getEndpoint("mock:heard", MockEndpoint.class);
    mock.reset();
    mock.whenAnyExchangeReceived(
        exchange -> received.add(exchange.getMessage().getBody(String.class)));
    return received;
  }

  /** Whether the broker has a queue; one that is another connection's is there too. */
  static boolean exists(ConnectionFactory client, String queue) throws Exception {
    try (Connection connection = client.newConnection()) {
      Channel channel = connection.createChannel();
      channel.queueDeclarePassive(queue);
      return true;
    } catch (IOException e) {
      return e.getCause() instanceof ShutdownSignalException signal
          && signal.getReason().toString().contains("RESOURCE_LOCKED");
    }
  }

  final String brokerName(Sidecar which) throws Exception {
    return shown(which).path("brokerName").asText();
  }

  private JsonNode shown(Sidecar which) throws Exception {
    JsonNode queues = JSON.readTree(which.operatorGet("/topology").body()).path("queues");
    return StreamSupport.stream(queues.spliterator(), false)
        .filter(one -> one.path("name").asText().equals(queue()))
        .findFirst()
        .orElseThrow();
  }
}
