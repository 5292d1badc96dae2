package dev.serai.mercure;

import static dev.serai.mercure.TestTokens.claims;
import static dev.serai.mercure.TestTokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Publishers and subscribers of one hub. */
final class MercureClient {
  static final String HUB = "/.well-known/mercure";

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  MercureClient(int port) {
    this.port = port;
  }

  static String[] writer() {
    return bearer(claims(List.of("*"), List.of()).build());
  }

  static String[] reader(String topic) {
    return bearer(claims(List.of(), List.of(topic)).build());
  }

  static String[] bearer(JWTClaimsSet claims) {
    return new String[] {"Authorization", "Bearer " + signed(claims)};
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A request to the hub. */
  HttpRequest.Builder request(String query) {
    return request(HUB, query);
  }

  private HttpRequest.Builder request(String path, String query) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + port + path + (query.isEmpty() ? "" : "?" + raw(query))));
  }

  /** Java itself refuses what a client should be refused for. */
  private static String raw(String query) {
    return query.replace("{", "%7B").replace("}", "%7D").replace("%zz", "%FF");
  }

  private HttpRequest with(HttpRequest.Builder request, String... headers) {
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(with(request(path, ""), headers));
  }

  HttpResponse<String> publish(String form, String... headers)
      throws IOException, InterruptedException {
    return send(
        with(
            request("")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)),
            headers));
  }

  int status(String query, String... headers) throws Exception {
    HttpResponse<InputStream> answer =
        http.send(with(request(query), headers), BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  Stream follow(String query, String... headers) throws Exception {
    return open(HUB, query, headers);
  }

  /** Follows topics at the entry that asks for no token. */
  Stream stream(String query, String... headers) throws Exception {
    return open("/stream", query, headers);
  }

  private Stream open(String path, String query, String... headers) throws Exception {
    HttpResponse<InputStream> answer =
        http.send(with(request(path, query), headers), BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8)).isNull();
    }
    return new Stream(answer);
  }

  /** What a subscriber hears, line by line. */
  static final class Stream implements AutoCloseable {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();
    private final HttpResponse<InputStream> answer;

    Stream(HttpResponse<InputStream> answer) {
      this.answer = answer;
      Thread reader = new Thread(this::read);
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (BufferedReader text =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        text.lines().forEach(lines::add);
        end.complete(null);
      } catch (IOException | RuntimeException e) {
        end.completeExceptionally(e);
      }
    }

    String header(String name) {
      return answer.headers().firstValue(name).orElse("");
    }

    void awaits(String line) {
      await().until(() -> lines.contains(line));
    }

    @Override
    public void close() throws IOException {
      answer.body().close();
    }
  }
}
