package dev.serai.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies of requests, with memory for one and a half. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // opened before each test
class RequestBodyTest {
  private final RequestBody bodies = new RequestBody(100, new ByteBudget(150));
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<RoutingContext> routed = new LinkedBlockingQueue<>();
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    Router router = Router.router(vertx);
    router
        .post("/short")
        .handler(request -> bodies.read(request, () -> request.response().end("done")));
    router
        .post("/long")
        .handler(
            request ->
                bodies.read(
                    request,
                    () -> {
                      HeldBody.enter(request);
                      routed.add(request);
                    }));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void what_was_answered_makes_room() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(post().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void while_others_are_under_way_one_is_asked_to_come_again_until_they_break_off()
      throws Exception {
    try (Socket half = begin("/short", 99)) {
      HttpResponse<String> refused = awaitStatus(503);

      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(refused.body()).contains("\"too-many-bodies\"");
      assertThat(half.isConnected()).isTrue();
    }
    awaitStatus(200);
  }

  @Test
  void what_a_route_works_with_counts_until_it_ends_also_when_the_caller_is_gone()
      throws Exception {
    RoutingContext request;
    try (Socket caller = begin("/long", 100)) {
      request = routed.take();
      assertThat(caller.isConnected()).isTrue();
    }
    await().until(() -> request.response().closed());
    assertThat(post().statusCode()).isEqualTo(503);

    HeldBody.leave(request);

    assertThat(post().statusCode()).isEqualTo(200);
  }

  /** Sends the first bytes of a body of 100. */
  private Socket begin(String path, int bytes) throws Exception {
    Socket socket = new Socket("127.0.0.1", server.actualPort());
    String head = "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n".formatted(path);
    socket.getOutputStream().write((head + "x".repeat(bytes)).getBytes(US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private HttpResponse<String> awaitStatus(int status) {
    return await()
        .atMost(20, TimeUnit.SECONDS)
        .until(this::post, answer -> answer.statusCode() == status);
  }

  private HttpResponse<String> post() throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d/short".formatted(server.actualPort()));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("x".repeat(100))).build(),
            BodyHandlers.ofString());
  }
}
