package dev.serai.egress;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.NetUtil;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One call, from the name to the end of the answer. All of it happens on the line's thread. */
final class EgressCall {
  private static final int MOST_BYTES = 4096;
  private static final long PONG_MS = 5_000;

  private final EgressRequest wanted;
  private final Target target;
  private final AddressRules rules;
  private final Line line;
  private final CompletableFuture<EgressAnswer> answer = new CompletableFuture<>();
  private final Buffer body = Buffer.buffer();
  private final long began = System.nanoTime();

  private String doing = "looking up the name";
  private String address = "";
  private @Nullable HttpClientRequest sent; // until nothing of it goes on any more
  private boolean written;
  private boolean over;

  EgressCall(EgressRequest wanted, Target target, AddressRules rules, Line line) {
    this.wanted = wanted;
    this.target = target;
    this.rules = rules;
    this.line = line;
  }

  CompletableFuture<EgressAnswer> answer() {
    return answer;
  }

  void start() {
    line.context().runOnContext(go -> begin());
  }

  /** Any thread. */
  void stop() {
    line.context().runOnContext(go -> fail(EgressException.stopped()));
  }

  /** Nothing happens to a call that is over. */
  private void fail(EgressException failure) {
    if (over) {
      return;
    }
    over = true;
    release(); // first: whoever hears of the end may begin another call
    answer.completeExceptionally(failure);
  }

  private void begin() {
    long timer =
        line.vertx()
            .setTimer(
                Math.max(1, wanted.timeout().toMillis()),
                late -> fail(EgressException.late(doing)));
    answer.whenComplete(
        (got, failure) ->
            line.context()
                .runOnContext(
                    over -> {
                      line.vertx().cancelTimer(timer);
                      release();
                    }));
    CompletionStage<List<InetAddress>> addresses =
        target
            .literal()
            .<CompletionStage<List<InetAddress>>>map(
                literal -> CompletableFuture.completedStage(List.of(literal)))
            .orElseGet(() -> line.names().resolve(target.host()));
    addresses.whenComplete(
        (found, failure) -> line.context().runOnContext(go -> resolved(found, failure)));
  }

  private void resolved(@Nullable List<InetAddress> found, @Nullable Throwable failure) {
    if (failure != null || found == null || found.isEmpty()) {
      fail(EgressException.unresolved(target.host(), failure));
      return;
    }
    try {
      Target.check(found, rules);
    } catch (RefusedTargetException e) {
      fail(EgressException.refused(e));
      return;
    }
    connect(found.iterator());
  }

  private void connect(Iterator<InetAddress> addresses) {
    if (answer.isDone()) {
      return;
    }
    address = NetUtil.toAddressString(addresses.next());
    doing = "connecting to " + address;
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(wanted.headers());
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(wanted.method()))
            .setServer(SocketAddress.inetSocketAddress(target.port(), address))
            .setSsl(target.tls())
            .setHost(target.host())
            .setPort(target.port())
            .setURI(target.path())
            .setHeaders(headers)
            .setFollowRedirects(false)
            .setConnectTimeout(wanted.timeout().toMillis());
    line.client().request(options).onComplete(got -> connected(got, addresses));
  }

  private void connected(AsyncResult<HttpClientRequest> got, Iterator<InetAddress> others) {
    if (got.succeeded()) {
      if (answer.isDone()) { // nothing was sent: another call may have the connection
        got.result().reset();
        return;
      }
      sent = got.result().exceptionHandler(this::broken);
      doing = "waiting for the answer";
      sent.response().onComplete(this::answered);
      sent.end(Buffer.buffer(wanted.body())).onSuccess(end -> written = true);
    } else if (others.hasNext() && !EgressException.isTls(got.cause())) {
      connect(others);
    } else {
      fail(EgressException.noConnection(address, target.port(), got.cause()));
    }
  }

  private void answered(AsyncResult<HttpClientResponse> got) {
    if (got.failed()) {
      broken(got.cause());
      return;
    }
    doing = "reading the answer";
    HttpClientResponse response = got.result();
    response.exceptionHandler(this::broken);
    response.handler(
        bytes -> {
          body.appendBuffer(bytes, 0, Math.min(bytes.length(), MOST_BYTES + 1 - body.length()));
          if (body.length() > MOST_BYTES) {
            complete(response); // what follows is not read
          }
        });
    response.endHandler(
        end -> {
          if (written) { // else it has answered without reading, and may never read
            sent = null;
          }
          complete(response);
        });
  }

  private void complete(HttpClientResponse response) {
    if (over) {
      return;
    }
    over = true;
    Map<String, String> headers = new TreeMap<>();
    response
        .headers()
        .forEach(
            (name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b));
    byte[] first = body.getBytes(0, Math.min(body.length(), MOST_BYTES));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    release();
    answer.complete(
        new EgressAnswer(response.statusCode(), Map.copyOf(headers), first, took, address));
  }

  private void broken(Throwable cause) {
    fail(EgressException.noEnd(doing, cause));
  }

  /** Ends what still goes on: HTTP/1.1 loses the connection, HTTP/2 the stream. */
  private void release() {
    HttpClientRequest open = sent;
    if (open == null) {
      return;
    }
    sent = null;
    HttpConnection connection = open.connection();
    open.reset();
    if (open.version() != HttpVersion.HTTP_2) {
      cut(connection);
    } else if (connection != null) { // others use it: is there still somebody at its end?
      long silent = line.vertx().setTimer(PONG_MS, late -> connection.close());
      connection
          .ping(Buffer.buffer(new byte[8]))
          .onComplete(pong -> line.vertx().cancelTimer(silent));
    }
  }

  /** At once; Vert.x waits until all is written, which is never if the receiver does not read. */
  private static void cut(@Nullable HttpConnection connection) {
    ChannelHandlerContext lowest =
        connection instanceof ConnectionBase open ? open.channel().pipeline().firstContext() : null;
    if (lowest != null) { // else it is closed
      lowest.close();
    }
  }
}
