package dev.serai.hub;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Clients of server-sent events, many of them on one thread. */
final class StreamClient implements AutoCloseable {
  private static final int MANY = 20_000;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setMaxPoolSize(MANY)
              .setKeepAlive(false)
              .setDecompressionSupported(false));

  /** An event as a browser sees it. */
  record Event(String id, String type, String data) {}

  /** Opens a stream; returns when its head is there. */
  Stream open(int port, String path, Map<String, String> headers) throws Exception {
    return openLater(port, path, headers).get(20, TimeUnit.SECONDS);
  }

  Stream open(int port, String path) throws Exception {
    return open(port, path, Map.of());
  }

  CompletableFuture<Stream> openLater(int port, String path, Map<String, String> headers) {
    return http.request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(
            request -> {
              headers.forEach(request::putHeader);
              return request.send().map(response -> new Stream(request, response));
            })
        .toCompletionStage()
        .toCompletableFuture();
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** What a client has received. */
  static final class Stream {
    private final HttpClientRequest request;
    private final HttpClientResponse response;
    private final List<Event> events = new ArrayList<>(); // guarded by itself
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final List<String> data = new ArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Buffer rest = Buffer.buffer();
    private String type = "message";
    private volatile String lastId = "";
    private volatile String retry = "";
    private volatile int received;

    private Stream(HttpClientRequest request, HttpClientResponse response) {
      this.request = request;
      this.response = response;
      response.handler(this::take);
      response.endHandler(over -> end.complete(null));
      response.exceptionHandler(over -> end.complete(null));
    }

    private void take(Buffer bytes) {
      received += bytes.length();
      rest.appendBuffer(bytes);
      int from = 0;
      for (int i = rest.length() - bytes.length(); i < rest.length(); i++) {
        if (rest.getByte(i) == '\n') {
          line(rest.getString(from, i, StandardCharsets.UTF_8.name()));
          from = i + 1;
        }
      }
      rest = rest.getBuffer(from, rest.length());
    }

    private void line(String line) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          synchronized (events) {
            events.add(new Event(lastId, type, String.join("\n", data)));
          }
        }
        data.clear();
        type = "message";
      } else if (line.startsWith(":")) {
        comments.add(line);
      } else {
        String[] field = line.split(": ?", 2);
        switch (field[0]) {
          case "id" -> lastId = field[1];
          case "event" -> type = field[1];
          case "retry" -> retry = field[1];
          default -> data.add(field[1]);
        }
      }
    }

    HttpClientResponse answer() {
      return response;
    }

    List<Event> events() {
      synchronized (events) {
        return List.copyOf(events);
      }
    }

    List<String> comments() {
      return comments;
    }

    String lastId() {
      return lastId;
    }

    String retry() {
      return retry;
    }

    int received() {
      return received;
    }

    /** Completes when the other side has ended it. */
    CompletableFuture<Void> end() {
      return end;
    }

    void cut() {
      request.connection().close();
    }
  }
}
