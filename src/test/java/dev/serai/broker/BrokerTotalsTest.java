package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What RabbitMQ's management API tells, and what becomes of other answers. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // started before each test
class BrokerTotalsTest {
  /** As RabbitMQ 3.10 and 4 answer, without what is not read. */
  private static final String OVERVIEW =
      """
      {"rabbitmq_version": "3.10.8",
       "queue_totals": {"messages": 12, "messages_ready": 5, "messages_unacknowledged": 7},
       "object_totals": {"channels": 3, "connections": 2, "consumers": 1, "exchanges": 9, "queues": 4}}
      """;

  private final AtomicReference<String> asked = new AtomicReference<>("");
  private HttpServer server;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = OVERVIEW.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
          asked.set(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private BrokerTotals totals() {
    return new BrokerTotals(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
        new BrokerSettings.Login("user", "pass"));
  }

  @Test
  void tells_what_the_api_says_and_lets_nobody_wait() {
    BrokerTotals totals = totals();

    assertThat(totals.latest()).isEmpty();
    await().until(() -> totals.latest().isPresent());
    assertThat(totals.latest()).hasValue(new BrokerTotals.Totals(7, 3, 2));
    assertThat(asked).hasValue("/api/overview Basic dXNlcjpwYXNz");
  }

  @ParameterizedTest
  @CsvSource({
    "rabbit.example, true, '', https://rabbit.example:15671",
    "localhost, true, '', https://localhost:15671",
    "localhost, false, '', http://localhost:15672",
    "127.0.0.1, false, '', http://127.0.0.1:15672",
    "::1, false, '', http://[::1]:15672",
    "rabbit.example, false, '', ''",
    "127.0.0.1.example, false, '', ''",
    "rabbit.example, false, http://rabbit.example:15672, http://rabbit.example:15672",
    "rabbit.example, true, https://other.example/api, https://other.example/api",
  })
  void sends_the_login_in_clear_only_within_this_machine_or_where_it_is_told_to(
      String host, boolean tls, String management, String address) {
    assertThat(
            BrokerTotals.address(new BrokerSettings.Address(host, 5672, "/", tls), management)
                .map(URI::toString)
                .orElse(""))
        .isEqualTo(address);
  }

  @Test
  void the_log_says_that_nobody_tells_and_what_to_write(CapturedOutput output) {
    status = 401;
    BrokerTotals totals = totals();

    await()
        .untilAsserted(
            () -> {
              assertThat(totals.latest()).isEmpty();
              assertThat(output).contains("no-broker-totals", "127.0.0.1:", "401");
            });

    assertThat(output).contains("serai.broker.management-uri").doesNotContain("pass");
  }

  @Test
  void the_log_says_at_start_that_the_login_may_not_be_sent(CapturedOutput output) {
    BrokerSettings.Address other = new BrokerSettings.Address("rabbit.example", 5672, "/", false);
    BrokerSettings settings = mock(BrokerSettings.class);
    when(settings.address()).thenReturn(other);

    BrokerTotals totals =
        new BrokerTotals(
            settings, new StaticListableBeanFactory().getBeanProvider(EmbeddedBroker.class), "");

    assertThat(totals.latest()).isEmpty();
    assertThat(output).contains("no-broker-totals", "serai.broker.management-uri");
  }

  @Test
  void another_answer_is_none() {
    byte[] good = OVERVIEW.getBytes(StandardCharsets.UTF_8);
    assertThat(BrokerTotals.read(200, good)).isNotNull();
    assertThat(BrokerTotals.read(401, good)).isNull();
    for (String other : new String[] {"no json", "{}", "[]", ""}) {
      assertThat(BrokerTotals.read(200, other.getBytes(StandardCharsets.UTF_8))).as(other).isNull();
    }
  }
}
