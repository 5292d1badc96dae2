package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A provider with OpenAI's API, which can do what real ones do on bad days. */
public final class ChatServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is done with one request. */
  @FunctionalInterface
  public interface Reply {
    /** Answers, or not. */
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile Reply models = models("m");
  private volatile CountDownLatch left = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);

  private ChatServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::reply);
    server.createContext("/v1/models", this::list);
    server.setExecutor(threads);
    server.start();
  }

  /** On a free port of this machine. */
  public static ChatServer start() {
    try {
      return new ChatServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base URL of the API. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** The settings that make it a provider of Serai. */
  public Map<String, String> asProvider(int index, String name, String model) {
    String key = "helixagent.llm.providers[" + index + "].";
    return Map.of(key + "name", name, key + "base-url", url(), key + "models", model);
  }

  /** What the next requests get, one each; the last one again and again. */
  public ChatServer replies(Reply... next) {
    replies.addAll(List.of(next));
    return this;
  }

  /** The bodies that have come. */
  public List<JsonNode> requests() {
    return requests;
  }

  /** What the requests had as {@code Authorization}. */
  List<String> keys() {
    return keys;
  }

  /** Waits until a client has closed its connection before the answer was over. */
  public boolean isLeft() throws InterruptedException {
    return left.await(20, TimeUnit.SECONDS);
  }

  /** Forgets what it was asked, and what it was to reply. */
  public void anew() {
    replies.clear();
    requests.clear();
    models = models("m");
    left = new CountDownLatch(1);
  }

  /** What it says of its models, instead of that it has "m". */
  public ChatServer lists(Reply reply) {
    models = reply;
    return this;
  }

  private void list(HttpExchange exchange) throws IOException {
    try (exchange) {
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      models.to(exchange);
    }
  }

  private void reply(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(JSON.readTree(exchange.getRequestBody()));
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Reply next = replies.size() > 1 ? replies.poll() : replies.peek();
      if (next == null) {
        throw new IOException("no reply is set");
      }
      next.to(exchange);
    }
  }

  /** A status with a body. */
  public static Reply status(int status, String body, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** A list of models. */
  public static Reply models(String... names) {
    String list =
        Stream.of(names)
            .map("{\"id\":\"%s\",\"object\":\"model\"}"::formatted)
            .collect(Collectors.joining(","));
    return status(200, "{\"object\":\"list\",\"data\":[" + list + "]}");
  }

  /** A whole answer. */
  public static Reply answer(String text) {
    return status(
        200,
        """
        {"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}"""
            .formatted(text),
        "Content-Type",
        "application/json");
  }

  /** A stream as it is written, to its end. */
  public static Reply stream(String text) {
    return exchange -> begin(exchange, text).close();
  }

  /** A stream that is cut off after this. */
  public static Reply cut(String text) {
    return exchange -> {
      begin(exchange, text);
      throw new IOException("cut"); // closes the connection without the end of the body
    };
  }

  /** Begins a stream, and goes on with nothing until the client leaves. */
  public Reply endless(String text) {
    return exchange -> {
      OutputStream body = begin(exchange, text);
      untilLeft(
          () -> {
            body.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
            body.flush();
          });
    };
  }

  /** Does not answer at all until the server ends. */
  public Reply silence() {
    return exchange -> {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** What fails once the client is away. */
  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }

  private void untilLeft(Write write) {
    try {
      while (!closing.await(20, TimeUnit.MILLISECONDS)) {
        write.run();
      }
    } catch (IOException e) {
      left.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static OutputStream begin(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    return exchange.getResponseBody();
  }

  /** A piece of a streamed answer. */
  public static String piece(String text) {
    return """
        data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"%s"}}]}

        """
        .formatted(text);
  }

  /** The end of a streamed answer, with its usage. */
  public static String end() {
    return """
        data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}

        data: [DONE]

        """;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
