package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.delivery.RetryAfterException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
@SuppressWarnings("NullAway.Init") // started before each test
class HttpTargetTest {
  private final HttpTarget http = new HttpTarget();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private HttpServer server;
  private int status = 200;
  private String answer = "{\"a\":1}";
  private boolean stalls;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          calls.add(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                      new String(body, StandardCharsets.UTF_8)));
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.getResponseHeaders().set("Retry-After", "7");
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length + (stalls ? 1 : 0));
          exchange.getResponseBody().write(bytes);
          exchange.getResponseBody().flush();
          if (stalls) {
            awaitEnd();
          }
          exchange.close();
        });
    server.start();
  }

  private void awaitEnd() {
    try {
      ended.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
  }

  @Test
  void an_answer_that_is_too_long_is_not_read_to_its_end() {
    answer = "x".repeat(9 << 20);
    stalls = true; // the last byte never comes

    assertThatThrownBy(() -> call(Duration.ofSeconds(20)))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessage("the target's answer is too long");
  }

  @Test
  void posts_the_body_with_the_tasks_id_and_answers_what_came_back() throws Exception {
    assertThat(call(Duration.ofSeconds(10))).isEqualTo("{\"status\":200,\"body\":{\"a\":1}}");

    assertThat(calls).containsExactly("/ t1 {\"n\":1}");
  }

  @Test
  void text_is_an_answer_too() throws Exception {
    answer = "fine";

    assertThat(call(Duration.ofSeconds(10))).isEqualTo("{\"status\":200,\"body\":\"fine\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 403, 404})
  void follows_no_redirect_and_takes_a_no_for_an_answer(int no) {
    status = no;

    assertThatThrownBy(() -> call(Duration.ofSeconds(10)))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessage("the target answered " + no);
    assertThat(calls).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 503})
  void what_may_get_better_is_tried_again_when_the_target_says(int busy) {
    status = busy;

    assertThatThrownBy(() -> call(Duration.ofSeconds(10)))
        .isInstanceOfSatisfying(
            RetryAfterException.class,
            e -> assertThat(e.shortestWait()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void an_answer_that_does_not_end_is_given_up() {
    stalls = true;

    assertThatThrownBy(() -> call(Duration.ofMillis(300)))
        .isInstanceOf(IOException.class)
        .hasMessage("the target did not answer within 300ms");
  }

  @Test
  void an_interrupt_ends_the_call() {
    stalls = true;
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> call(Duration.ofSeconds(20))).isInstanceOf(InterruptedException.class);
  }

  @Test
  void nobody_there_is_a_failure_that_may_get_better() {
    server.stop(0);

    assertThatThrownBy(() -> call(Duration.ofSeconds(10)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ConnectException");
  }

  private String call(Duration patience) throws Exception {
    return http.call(
            "t1",
            "http://127.0.0.1:%d/".formatted(server.getAddress().getPort()),
            "{\"n\":1}",
            patience)
        .toString();
  }
}
