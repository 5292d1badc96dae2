package dev.serai.egress;

import static dev.serai.egress.Calls.addresses;
import static dev.serai.egress.Calls.egress;
import static dev.serai.egress.Calls.failure;
import static dev.serai.egress.Calls.post;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.serai.support.SilentServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Receivers that take their time. */
class EgressTimeTest {
  private static final List<String> HERE = List.of("127.0.0.0/8");

  @Test
  void a_receiver_that_drips_is_cut_off_when_the_time_is_up() throws Exception {
    try (Receiver receiver = new Receiver("127.0.0.1", 0, request -> {});
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      receiver.answers(request -> drip(receiver, request));
      String url = "http://127.0.0.1:" + receiver.port();

      EgressException failure = failure(egress.call(post(url, Duration.ofMillis(400))));

      assertThat(failure.code()).isEqualTo("timeout");
      assertThat(failure).hasMessageContaining("reading the answer");
      receiver.closed.get(30, TimeUnit.SECONDS);
    }
  }

  /** A byte every 20 ms, without an end. */
  private static void drip(Receiver receiver, HttpServerRequest request) {
    request.response().setChunked(true).write("a");
    request.response().exceptionHandler(gone -> {});
    receiver.vertx.setPeriodic(20, again -> request.response().write("a"));
  }

  @Test
  void headers_that_never_end_are_cut_off_too() throws Exception {
    try (SilentServer receiver = new SilentServer();
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      String url = "http://127.0.0.1:" + receiver.port();

      EgressException failure = failure(egress.call(post(url, Duration.ofMillis(200))));

      assertThat(failure.code()).isEqualTo("timeout");
      assertThat(failure).hasMessageContaining("waiting for the answer");
    }
  }

  @Test
  void a_name_whose_servers_are_silent_holds_up_its_own_call_only() throws Exception {
    Names silent = host -> new CompletableFuture<>();
    try (Receiver receiver = new Receiver("127.0.0.1", 0, request -> request.response().end());
        Egress egress = egress(HERE, silent)) {
      CompletableFuture<EgressAnswer> waiting =
          egress.call(post("http://silent.example/", Duration.ofSeconds(2)));

      Calls.answer(egress.call(post("http://127.0.0.1:" + receiver.port())));

      assertThat(waiting).isNotDone();
      assertThat(failure(waiting)).hasMessageContaining("looking up the name");
    }
  }

  @Test
  void hundreds_of_calls_wait_for_their_answers_on_one_thread() throws Exception {
    try (SilentServer receiver = new SilentServer();
        Egress egress = new Egress(HERE, 500, Line.options(), loop -> addresses("127.0.0.1"))) {
      String url = "http://127.0.0.1:" + receiver.port();
      failure(egress.call(post(url, Duration.ofMillis(50)))); // its threads are there
      int before = Thread.activeCount();

      List<CompletableFuture<EgressAnswer>> calls =
          Stream.generate(() -> egress.call(post(url))).limit(500).toList();
      Awaitility.await().until(() -> receiver.connections() == 501);

      assertThat(calls).noneMatch(CompletableFuture::isDone);
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 1);
    }
  }

  @Test
  void a_call_that_is_cancelled_ends_its_connection() throws Exception {
    CompletableFuture<Void> heard = new CompletableFuture<>();
    try (Receiver receiver = new Receiver("127.0.0.1", 0, request -> heard.complete(null));
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      CompletableFuture<EgressAnswer> call =
          egress.call(post("http://127.0.0.1:" + receiver.port()));
      heard.get(30, TimeUnit.SECONDS);

      call.cancel(true);

      receiver.closed.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void the_end_of_serai_ends_calls_and_connections() throws Exception {
    CompletableFuture<Void> heard = new CompletableFuture<>();
    try (Receiver receiver = new Receiver("127.0.0.1", 0, request -> heard.complete(null))) {
      Egress egress = egress(HERE, addresses("127.0.0.1"));
      EgressRequest request = post("http://127.0.0.1:" + receiver.port());
      CompletableFuture<EgressAnswer> call = egress.call(request);
      heard.get(30, TimeUnit.SECONDS);

      egress.close();

      assertThat(failure(call)).hasMessageContaining("Serai stops");
      receiver.closed.get(30, TimeUnit.SECONDS);
      assertThatIllegalStateException().isThrownBy(() -> egress.call(request));
    }
  }

  @Test
  void whoever_hears_that_the_time_is_up_knows_that_the_connection_is_closed() throws Exception {
    try (ServerSocket receiver = receiver();
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      String url = "http://127.0.0.1:" + receiver.getLocalPort();
      CompletableFuture<EgressAnswer> call = egress.call(post(url, Duration.ofMillis(500)));
      Socket socket = receiver.accept();

      CompletableFuture<Void> seen =
          call.handle((answer, late) -> null).thenAccept(end -> readToTheEnd(socket));

      seen.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_receiver_that_does_not_read_is_cut_off_too() throws Exception {
    try (ServerSocket receiver = receiver();
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      byte[] body = new byte[32 << 20]; // more than the buffers of both sides hold
      URI url = URI.create("http://127.0.0.1:" + receiver.getLocalPort());
      CompletableFuture<EgressAnswer> call =
          egress.call(new EgressRequest("POST", url, Map.of(), body, Duration.ofMillis(500)));
      Socket socket = receiver.accept();

      assertThat(failure(call).code()).isEqualTo("timeout");
      assertThat(readToTheEnd(socket)).isLessThan(body.length);
    }
  }

  @Test
  void a_receiver_that_answers_without_reading_all_loses_its_connection() throws Exception {
    try (ServerSocket receiver = receiver();
        Egress egress = egress(HERE, addresses("127.0.0.1"))) {
      byte[] body = new byte[32 << 20];
      URI url = URI.create("http://127.0.0.1:" + receiver.getLocalPort());
      CompletableFuture<EgressAnswer> call =
          egress.call(new EgressRequest("POST", url, Map.of(), body, Duration.ofSeconds(30)));
      Socket socket = receiver.accept();

      socket
          .getOutputStream()
          .write("HTTP/1.1 413 \r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));

      assertThat(Calls.answer(call).status()).isEqualTo(413);
      assertThat(readToTheEnd(socket)).isLessThan(body.length);
    }
  }

  private static ServerSocket receiver() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /** How much there was; fails when no end comes. */
  private static long readToTheEnd(Socket socket) {
    long count = 0;
    try (socket) {
      socket.setSoTimeout(5000);
      byte[] part = new byte[1 << 16];
      for (int read = 0; read >= 0; read = socket.getInputStream().read(part)) {
        count += read;
      }
    } catch (SocketTimeoutException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      return count; // reset: an end, too
    }
    return count;
  }
}
