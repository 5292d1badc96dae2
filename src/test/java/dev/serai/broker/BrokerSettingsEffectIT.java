package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestBrokers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.junit.jupiter.api.Test;
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
            SeraiApp.start(
                data, Map.of("serai.broker.mode", "embedded", "serai.broker.heartbeat", "7s"));
        Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      assertThat(connection.getHeartbeat()).isEqualTo(7);
    }
  }

  @Test
  void a_broker_that_does_not_answer_is_given_up_after_the_connect_timeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SeraiApp serai =
            SeraiApp.start(
                data,
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
    try (SeraiApp serai =
            SeraiApp.start(data, Map.of("RABBITMQ_URI", TestBrokers.rabbitmq().uri() + "/"));
        Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      assertThat(connection.isOpen()).isTrue();
      assertThat(serai.bean(Transport.class).reason()).isEqualTo("RABBITMQ_URI is set");
    }
  }

  @Test
  void a_memory_broker_leaves_no_messages_behind() throws Exception {
    Map<String, String> memory =
        Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
    try (SeraiApp serai = SeraiApp.start(data, memory);
        Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      connection.createChannel().queueDeclare("kept", true, false, false, Map.of());
    }

    try (SeraiApp serai = SeraiApp.start(data, memory);
        Connection connection = serai.bean(ConnectionFactory.class).newConnection()) {
      assertThatThrownBy(() -> connection.createChannel().queueDeclarePassive("kept"))
          .isInstanceOf(IOException.class);
    }
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
    return SeraiApp.start(data, all);
  }
}
