package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.env.MockEnvironment;

/** Calls to somebody whose answers begin and never end. */
@Timeout(30)
@SuppressWarnings("NullAway.Init") // opened before each test
class ConduitCallsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private String url;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", ConduitCallsTest::drip);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      while (!new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void an_endpoint_that_does_not_come_to_an_end_is_given_up() {
    MockEnvironment settings = new MockEnvironment();
    settings.setProperty("conduit.image.base-url", url);
    settings.setProperty("conduit.image.timeout", "300ms");
    ImageEndpoint endpoint = new ImageEndpoint(settings);

    assertThatThrownBy(() -> endpoint.ask(EventBody.JSON.createObjectNode().put("prompt", "a cat")))
        .isInstanceOf(IOException.class)
        .hasMessage("the endpoint did not answer within 300ms");
  }

  @Test
  void an_application_that_does_not_come_to_an_end_is_given_up() {
    assertThatThrownBy(() -> new CacheCalls().call("{}", url, "300ms"))
        .isInstanceOf(IOException.class)
        .hasMessage("the application did not answer within 300ms");
  }
}
