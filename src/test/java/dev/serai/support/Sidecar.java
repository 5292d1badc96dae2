package dev.serai.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A running Serai, seen through its two ports. Safe for concurrent use. */
public abstract class Sidecar implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The data port. */
  public abstract int port();

  /** The operator port. */
  public abstract int operatorPort();

  /** GET on the data port. */
  public final HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(port(), path)).GET().build());
  }

  /** POST of JSON on the data port. */
  public final HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return send(json(port(), path, json));
  }

  /** POST of JSON on the data port, without waiting for the answer. */
  public final CompletableFuture<HttpResponse<String>> postLater(String path, String json) {
    return http.sendAsync(json(port(), path, json), HttpResponse.BodyHandlers.ofString());
  }

  /** GET on the operator port. */
  public final HttpResponse<String> operatorGet(String path)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(operatorPort(), path)).GET().build());
  }

  /** POST of JSON on the operator port. */
  public final HttpResponse<String> operatorPost(String path, String json)
      throws IOException, InterruptedException {
    return send(json(operatorPort(), path, json));
  }

  /** Sends a request that the caller has made. */
  public final HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest json(int port, String path, String json) {
    return HttpRequest.newBuilder(uri(port, path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public abstract void close();
}
