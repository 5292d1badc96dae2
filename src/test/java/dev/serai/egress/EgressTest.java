package dev.serai.egress;

import static dev.serai.egress.Calls.addresses;
import static dev.serai.egress.Calls.answer;
import static dev.serai.egress.Calls.egress;
import static dev.serai.egress.Calls.failure;
import static dev.serai.egress.Calls.parsed;
import static dev.serai.egress.Calls.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.buffer.Buffer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class EgressTest {
  private static final List<String> HERE = List.of("127.0.0.0/8");

  @Test
  void sends_the_bytes_under_the_name_and_hands_back_the_answer() throws Exception {
    AtomicReference<String> heard = new AtomicReference<>();
    try (Receiver receiver =
            new Receiver(
                "127.0.0.2",
                0,
                request ->
                    request.bodyHandler(
                        body -> {
                          String id = request.getHeader("webhook-id");
                          String line = request.method() + " " + request.uri() + " HTTP/1.1";
                          String host = request.getHeader("host");
                          heard.set("%s %s %s %s".formatted(line, host, id, body));
                          request.response().putHeader("Retry-After", "7").setStatusCode(429);
                          request.response().end("slower");
                        }));
        Egress egress = egress(HERE, addresses("127.0.0.2"))) {
      String url = "http://hooks.example:%d/a%%20b?c".formatted(receiver.port());

      EgressAnswer answer = answer(egress.call(post(url)));

      assertThat(heard)
          .hasValue(
              "POST /a%%20b?c HTTP/1.1 hooks.example:%d msg_1 {\"a\":1}"
                  .formatted(receiver.port()));
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.headers()).containsEntry("retry-after", "7");
      assertThat(answer.body()).asString(UTF_8).isEqualTo("slower");
      assertThat(answer.address()).isEqualTo("127.0.0.2");
      assertThat(answer.took()).isPositive();
    }
  }

  @Test
  void a_name_that_first_is_public_and_then_private_is_asked_for_once_in_a_call() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Names rebinding =
        host ->
            CompletableFuture.completedFuture(
                parsed(asked.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1"));
    try (Receiver open = new Receiver("127.0.0.2", 0, request -> request.response().end("open"));
        Receiver inside =
            new Receiver("127.0.0.1", open.port(), request -> request.response().end());
        Egress egress = egress(List.of("127.0.0.2"), rebinding)) {
      EgressRequest request = post("http://rebinding.example:" + open.port());

      assertThat(answer(egress.call(request)).body()).asString(UTF_8).isEqualTo("open");
      assertThat(asked).hasValue(1);

      assertThat(failure(egress.call(request)).code()).isEqualTo("refused-address");
      assertThat(inside.connections).hasValue(0);
    }
  }

  @Test
  void a_name_with_one_private_address_among_others_is_refused() throws Exception {
    try (Receiver receiver = new Receiver("127.0.0.2", 0, request -> request.response().end());
        Egress egress = egress(List.of("127.0.0.2"), addresses("127.0.0.2", "169.254.169.254"))) {
      EgressException failure =
          failure(egress.call(post("http://mixed.example:" + receiver.port())));

      assertThat(failure.code()).isEqualTo("refused-address");
      assertThat(failure)
          .hasMessageContaining("169.254.169.254")
          .hasMessageContaining("egress-allow");
      assertThat(receiver.connections).hasValue(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, refused-address",
    "http://2130706433, refused-address",
    "http://[::ffff:127.0.0.1], refused-address",
    "http://[::1], refused-address"
  })
  void an_address_that_is_not_public_is_not_called(String start, String code) throws Exception {
    try (Receiver receiver = new Receiver("127.0.0.1", 0, request -> request.response().end());
        Egress egress = egress(List.of(), addresses("127.0.0.1"))) {
      EgressException failure = failure(egress.call(post(start + ":" + receiver.port() + "/")));

      assertThat(failure.code()).isEqualTo(code);
      assertThat(receiver.connections).hasValue(0);
    }
  }

  @Test
  void a_redirect_is_an_answer() throws Exception {
    try (Receiver inside = new Receiver("127.0.0.1", 0, request -> request.response().end());
        Receiver receiver =
            new Receiver(
                "127.0.0.1",
                0,
                request ->
                    request
                        .response()
                        .setStatusCode(Integer.parseInt(request.path().substring(1)))
                        .putHeader("Location", request.query())
                        .end());
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      for (int status : List.of(301, 302, 303, 307, 308)) {
        String start = "http://127.0.0.1:%d/%d?".formatted(receiver.port(), status);

        String here = "http://127.0.0.1:%d/".formatted(inside.port());
        EgressAnswer answer = answer(egress.call(post(start + here)));
        EgressAnswer cloud = answer(egress.call(post(start + "http://169.254.169.254/latest/")));

        assertThat(List.of(answer.status(), cloud.status())).containsOnly(status);
        assertThat(answer.headers()).containsEntry("location", here);
      }
      assertThat(inside.connections).hasValue(0);
    }
  }

  @Test
  void of_an_endless_answer_the_first_4096_bytes_are_read() throws Exception {
    try (Receiver receiver =
            new Receiver(
                "127.0.0.1",
                0,
                request -> {
                  request.response().setChunked(true).setStatusCode(500);
                  request.response().exceptionHandler(gone -> {});
                  request.response().write(Buffer.buffer("x".repeat(5000))); // and never an end
                });
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      EgressAnswer answer = answer(egress.call(post("http://127.0.0.1:" + receiver.port())));

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).hasSize(4096);
      receiver.closed.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void connections_to_one_receiver_are_used_again() throws Exception {
    try (Receiver receiver =
            new Receiver("127.0.0.1", 0, request -> request.response().end("done"));
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      for (int i = 0; i < 20; i++) {
        answer(egress.call(post("http://127.0.0.1:" + receiver.port())));
      }

      assertThat(receiver.requests).hasValue(20);
      assertThat(receiver.connections.get()).isBetween(1, 5);
    }
  }

  @Test
  void one_call_more_than_may_be_made_fails_at_once() throws Exception {
    try (Receiver receiver = new Receiver("127.0.0.1", 0, request -> {});
        Egress egress = new Egress(HERE, 2, Line.options(), loop -> addresses("127.0.0.1"))) {
      EgressRequest request = post("http://127.0.0.1:" + receiver.port());
      CompletableFuture<EgressAnswer> first = egress.call(request);
      egress.call(request);

      assertThat(failure(egress.call(request)).code()).isEqualTo("too-many-calls");

      receiver.answers(each -> each.response().end());
      first.cancel(true);
      assertThat(answer(egress.call(request)).status()).isEqualTo(200);
    }
  }

  @Test
  void what_a_receiver_sends_amiss_is_told_by_the_call_alone() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger vertx = (Logger) LoggerFactory.getLogger("io.vertx");
    log.start();
    vertx.addAppender(log);
    Receiver wordy = // a header that is longer than any may be
        new Receiver(
            "127.0.0.1",
            0,
            request -> request.response().putHeader("x", "y".repeat(100_000)).end());
    try (wordy;
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      EgressException failure = failure(egress.call(post("http://127.0.0.1:" + wordy.port())));

      assertThat(failure.code()).isEqualTo("broken");
      assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    } finally {
      vertx.detachAppender(log);
    }
  }

  @Test
  void the_next_address_is_tried_when_nobody_listens_at_the_first() throws Exception {
    try (Receiver receiver = new Receiver("127.0.0.2", 0, request -> request.response().end());
        Egress egress = egress(HERE, addresses("127.0.0.3", "127.0.0.2"))) {
      EgressAnswer answer = answer(egress.call(post("http://two.example:" + receiver.port())));

      assertThat(answer.address()).isEqualTo("127.0.0.2");
    }
  }

  @Test
  void says_what_was_wrong_with_a_call_that_brought_no_answer() throws Exception {
    Names none = host -> CompletableFuture.failedFuture(new UnknownHostException(host));
    try (Receiver rude = new Receiver("127.0.0.1", 0, request -> request.connection().close());
        Egress egress = egress(HERE, none)) {
      EgressException unresolved = failure(egress.call(post("http://nobody.example/")));
      EgressException unreachable =
          failure(egress.call(post("http://127.0.0.1:" + unused() + "/")));
      EgressException broken = failure(egress.call(post("http://127.0.0.1:" + rude.port())));

      assertThat(unresolved.code()).isEqualTo("unresolved");
      assertThat(unresolved).hasMessageContaining("nobody.example");
      assertThat(unreachable.code()).isEqualTo("unreachable");
      assertThat(unreachable).hasMessageContaining("127.0.0.1 port");
      assertThat(broken.code()).isEqualTo("broken");
    }
  }

  private static int unused() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void headers_that_say_where_a_request_ends_or_goes_cannot_be_chosen() {
    URI url = URI.create("https://hooks.example/");
    for (Map<String, String> headers :
        List.of(
            Map.of("Host", "inside"),
            Map.of("Content-Length", "0"),
            Map.of("transfer-encoding", "chunked"),
            Map.of("Connection", "close"),
            Map.of("a b", "c"),
            Map.of("a", "b\r\nc: d"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new EgressRequest("POST", url, headers, new byte[0], Duration.ofSeconds(1)));
    }
  }
}
