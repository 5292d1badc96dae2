package dev.serai.egress;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver of calls on this machine, which counts its connections and requests. */
final class Receiver implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger connections = new AtomicInteger();

  /** Ends when the first connection does. */
  final CompletableFuture<Void> closed = new CompletableFuture<>();

  private final HttpServer server;
  private volatile Handler<HttpServerRequest> answers;

  Receiver(String host, int port, Handler<HttpServerRequest> answers) throws Exception {
    this(new HttpServerOptions().setHost(host).setPort(port), answers);
  }

  Receiver(HttpServerOptions options, Handler<HttpServerRequest> answers) throws Exception {
    this.answers = answers;
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(
                connection -> {
                  connections.incrementAndGet();
                  connection.closeHandler(end -> closed.complete(null));
                })
            .requestHandler(
                request -> {
                  requests.incrementAndGet();
                  this.answers.handle(request);
                })
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  /** Answers in another way from now on. */
  void answers(Handler<HttpServerRequest> other) {
    answers = other;
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
