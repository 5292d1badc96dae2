package dev.serai.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@SuppressWarnings("NullAway.Init") // opened before each test
class WholeCallsTest {
  private final WholeCalls calls =
      new WholeCalls("it", HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/short", exchange -> answer(exchange, "text/plain", "done"));
    server.createContext(
        "/latin", exchange -> answer(exchange, "text/plain; charset=ISO-8859-1", "\u00e9"));
    server.createContext("/drips", exchange -> pour(exchange, new byte[1], 20));
    server.createContext("/floods", exchange -> pour(exchange, new byte[64 * 1024], 0));
    server.start();
  }

  private static void answer(HttpExchange exchange, String type, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Without end, until the caller hangs up. */
  private void pour(HttpExchange exchange, byte[] some, long pause) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      while (!new CountDownLatch(1).await(pause, TimeUnit.MILLISECONDS)) {
        body.write(some);
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      hungUp.countDown();
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void an_answer_that_drips_ends_in_time_and_its_connection_too() throws Exception {
    assertThatThrownBy(() -> call("/drips", 1000, Duration.ofMillis(300)))
        .isInstanceOf(IOException.class)
        .hasMessage("it did not answer within 300ms");
    assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void an_answer_without_end_ends_where_it_is_too_long_and_its_connection_too() throws Exception {
    WholeCalls.Answer answer = call("/floods", 100_000, Duration.ofSeconds(20));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.whole()).isFalse();
    assertThat(answer.body()).hasSize(100_001);
    assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void an_answer_that_may_just_be_so_long_is_whole() throws Exception {
    WholeCalls.Answer answer = call("/short", 4, Duration.ofSeconds(20));

    assertThat(answer.whole()).isTrue();
    assertThat(answer.text()).isEqualTo("done");
  }

  @Test
  void text_is_read_as_the_answer_says() throws Exception {
    assertThat(call("/latin", 4, Duration.ofSeconds(20)).text()).isEqualTo("\u00e9");
  }

  private WholeCalls.Answer call(String path, int most, Duration patience) throws Exception {
    URI url = URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    return calls.call(HttpRequest.newBuilder(url).build(), most, patience);
  }
}
