package dev.serai.support;

import dev.serai.Serai;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole Serai in the test's process, with both ports free ones and its own data folder. */
public final class SeraiApp implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private SeraiApp(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts a Serai and returns when it is ready.
   *
   * @param data its data folder
   * @param settings further properties; they win over config/
   */
  public static SeraiApp start(Path data, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("serai.port", "0");
    all.put("serai.operator-port", "0");
    all.put("serai.data", data.toString());
    all.putAll(settings);
    String[] arguments =
        all.entrySet().stream()
            .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
    return new SeraiApp(SpringApplication.run(Serai.class, arguments));
  }

  /** A bean of the running application. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The data port. */
  public int port() {
    return bean(org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer.class)
        .getPort();
  }

  /** The operator port. */
  public int operatorPort() {
    return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  /** GET on the data port. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(port(), path)).GET().build());
  }

  /** POST of JSON on the data port. */
  public HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return send(json(port(), path, json));
  }

  /** GET on the operator port. */
  public HttpResponse<String> operatorGet(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(operatorPort(), path)).GET().build());
  }

  /** POST of JSON on the operator port. */
  public HttpResponse<String> operatorPost(String path, String json)
      throws IOException, InterruptedException {
    return send(json(operatorPort(), path, json));
  }

  /** Sends a request that the caller has made. */
  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
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
  public void close() {
    context.close();
  }
}
