package dev.serai.webhooks;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who is told events, under any number of paths; answers 204 where nothing else is said.
 */
final class Receiver implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Map<String, List<Call>> calls = new ConcurrentHashMap<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Integer> open = new ConcurrentHashMap<>();
  private final Map<String, Integer> mostOpen = new ConcurrentHashMap<>();

  /** What came; names of headers in lower case. */
  record Call(Map<String, String> headers, String body, boolean answered, long atNanos) {
    String id() {
      return headers.getOrDefault("webhook-id", "");
    }
  }

  /**
   * What to answer.
   *
   * @param status 0: nothing, the call hangs
   */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer of(int status) {
      return new Answer(status, Map.of(), "");
    }
  }

  Receiver() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::take)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  /** Calls are counted behind the ends that the same look at the network has brought. */
  private void take(HttpServerRequest request) {
    String path = request.path().substring(1);
    Context context = vertx.getOrCreateContext();
    context.runOnContext(later -> opened(path));
    request.response().closeHandler(gone -> closed(path));
    request
        .body()
        .onSuccess(
            body -> {
              Map<String, String> headers = new ConcurrentHashMap<>();
              request
                  .headers()
                  .forEach(h -> headers.put(h.getKey().toLowerCase(Locale.ROOT), h.getValue()));
              Answer answer = answers.getOrDefault(path, Answer.of(204));
              boolean answered = answer.status() > 0;
              of(path).add(new Call(headers, body.toString(), answered, System.nanoTime()));
              if (answered) {
                request.response().closeHandler(null);
                context.runOnContext(later -> closed(path));
                answer.headers().forEach(request.response()::putHeader);
                request.response().setStatusCode(answer.status()).end(answer.body());
              }
            });
  }

  private void opened(String path) {
    mostOpen.merge(path, open.merge(path, 1, Integer::sum), Math::max);
  }

  private void closed(String path) {
    open.merge(path, -1, Integer::sum);
  }

  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  /** What came there so far. */
  List<Call> of(String path) {
    return calls.computeIfAbsent(path, p -> new CopyOnWriteArrayList<>());
  }

  /** Their messages, in the order in which they came. */
  List<String> ids(String path) {
    return of(path).stream().map(Call::id).toList();
  }

  /** What came there again. */
  List<String> again(String path) {
    Set<String> known = new HashSet<>();
    return ids(path).stream().filter(id -> !known.add(id)).toList();
  }

  /** Between the first call there and the latest. */
  Duration span(String path) {
    List<Call> all = of(path);
    return Duration.ofNanos(all.get(all.size() - 1).atNanos() - all.get(0).atNanos());
  }

  /** Most calls there at once. */
  int mostOpen(String path) {
    return mostOpen.getOrDefault(path, 0);
  }

  String url(String path) {
    return "http://127.0.0.1:%d/%s".formatted(server.actualPort(), path);
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
