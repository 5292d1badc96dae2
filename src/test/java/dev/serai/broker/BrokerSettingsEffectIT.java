package dev.serai.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import dev.serai.support.RabbitNode;
import dev.serai.support.SeraiApp;
import dev.serai.support.StallingProxy;
import dev.serai.support.TestBrokers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A changed setting is seen in the connections that Serai makes. */
class BrokerSettingsEffectIT {
  @TempDir Path data;

  @Test
  void the_heartbeat_is_agreed_with_the_broker() throws Exception {
    try (SeraiApp serai = onRabbit(Map.of("serai.broker.heartbeat", "7s"));
        Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      assertThat(connection.getHeartbeat()).isEqualTo(7);
    }
  }

  @Test
  void the_embedded_broker_agrees_to_the_heartbeat_too() throws Exception {
    try (SeraiApp serai =
            start(Map.of("serai.broker.mode", "embedded", "serai.broker.heartbeat", "7s"));
        Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      assertThat(connection.getHeartbeat()).isEqualTo(7);
    }
  }

  @Test
  void a_broker_that_does_not_answer_is_given_up_after_the_connect_timeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SeraiApp serai =
            start(
                Map.of(
                    "serai.broker.host", "127.0.0.1",
                    "serai.broker.port", String.valueOf(silent.getLocalPort()),
                    "serai.broker.connect-timeout", "2s"))) {
      Instant before = Instant.now();

      assertThatThrownBy(() -> serai.bean(ConnectionFactory.class).newConnection())
          .isInstanceOfAny(TimeoutException.class, IOException.class);

      assertThat(Duration.between(before, Instant.now()))
          .isBetween(
              Duration.ofMillis(900), Duration.ofSeconds(8)); // the client: half for the greeting
    }
  }

  @Test
  @Timeout(120)
  void consumers_do_not_wait_one_by_one_for_a_broker_that_does_not_answer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      try (SeraiApp serai =
          start(
              Map.of(
                  "serai.broker.host", "127.0.0.1",
                  "serai.broker.port", String.valueOf(silent.getLocalPort()),
                  "serai.broker.connect-timeout", "10m"))) {
        assertThat(serai.get("/health/live").statusCode()).isEqualTo(200);
      }

      silent.accept().close();
      silent.setSoTimeout(1);
      assertThatThrownBy(silent::accept)
          .as("one connection tries for all")
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void another_virtual_host_is_asked_for() throws Exception {
    try (SeraiApp serai = onRabbit(Map.of("serai.broker.vhost", "not-there"))) {
      assertThatThrownBy(() -> serai.bean(ConnectionFactory.class).newConnection())
          .hasStackTraceContaining("not-there");
    }
  }

  @Test
  void a_wrong_password_is_refused_and_the_process_runs_on() throws Exception {
    try (SeraiApp serai = onRabbit(Map.of("serai.broker.password", "wrong"))) {
      assertThatThrownBy(() -> serai.bean(ConnectionFactory.class).newConnection())
          .isInstanceOf(AuthenticationFailureException.class);

      assertThat(serai.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_prefetch_count_reaches_every_endpoint_that_does_not_say_otherwise() throws Exception {
    try (SeraiApp serai =
        onRabbit(Map.of("RABBITMQ_PREFETCH_COUNT", "33", "serai.broker.prefetch-global", "true"))) {
      ConfirmedEndpoint endpoint =
          serai
              .bean(CamelContext.class)
              .getEndpoint("spring-rabbitmq:default?queues=x", ConfirmedEndpoint.class);
      SpringRabbitMQEndpoint own =
          serai
              .bean(CamelContext.class)
              .getEndpoint(
                  "spring-rabbitmq:default?queues=y&prefetchCount=3", SpringRabbitMQEndpoint.class);

      assertThat(endpoint.getPrefetchCount()).isEqualTo(33);
      assertThat(endpoint.options().prefetchGlobal()).isTrue();
      assertThat(own.getPrefetchCount()).isEqualTo(3);
    }
  }

  @Test
  void a_url_of_the_environment_is_enough() throws Exception {
    try (SeraiApp serai = start(Map.of("RABBITMQ_URI", TestBrokers.rabbitmq().uri() + "/"));
        Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      assertThat(connection.isOpen()).isTrue();
      assertThat(serai.bean(Transport.class).reason()).isEqualTo("RABBITMQ_URI is set");
    }
  }

  @Test
  void a_memory_broker_leaves_no_messages_behind() throws Exception {
    Map<String, String> memory =
        Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
    try (SeraiApp serai = start(memory);
        Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      connection.createChannel().queueDeclare("kept", true, false, false, Map.of());
    }

    try (SeraiApp serai = start(memory);
        Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      assertThatThrownBy(() -> connection.createChannel().queueDeclarePassive("kept"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void what_is_beyond_the_window_and_the_line_is_refused_at_once() throws Exception {
    try (RabbitNode node = RabbitNode.start();
        StallingProxy proxy = new StallingProxy(node.port());
        SeraiApp serai =
            start(
                Map.of(
                    "serai.broker.uri", node.uri().replaceFirst(":\\d+$", ":" + proxy.port()),
                    "serai.broker.publish-timeout", "60s",
                    "serai.consume", "none",
                    "serai.broker.max-unconfirmed", "1",
                    "serai.broker.max-waiting", "2"))) {
      Publisher publisher = serai.bean(Publisher.class);
      await().until(() -> serai.bean(ConnectionState.class).connected());
      proxy.stall();

      List<CompletableFuture<Void>> calls =
          IntStream.range(0, 20).mapToObj(i -> publisher.publish(event())).toList();

      int kept = 4; // one unconfirmed, one in the writer's hand, two in line
      assertThat(calls.stream().filter(call -> !call.isDone())).hasSizeBetween(1, kept);
      assertThat(calls.get(19))
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withMessageContaining("2 messages wait for the broker already");
    }
  }

  private static OutgoingMessage event() {
    return new OutgoingMessage(
        "", "nobody", MessageProperties.MINIMAL_PERSISTENT_BASIC, "{}".getBytes(UTF_8));
  }

  private SeraiApp onRabbit(Map<String, String> settings) {
    URI uri = URI.create(TestBrokers.rabbitmq().uri());
    String[] login = uri.getUserInfo().split(":");
    Map<String, String> all = new HashMap<>();
    all.put("serai.broker.host", uri.getHost());
    all.put("serai.broker.port", String.valueOf(uri.getPort()));
    all.put("serai.broker.username", login[0]);
    all.put("serai.broker.password", login[1]);
    all.putAll(settings);
    return start(all);
  }

  /** With one pack: how many routes there are changes nothing. */
  private SeraiApp start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("serai.packs", "conduit");
    return SeraiApp.start(data, all);
  }
}
