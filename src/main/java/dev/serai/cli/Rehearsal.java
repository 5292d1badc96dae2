package dev.serai.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/**
 * Runs commands once against a server that answers all of them alike: the archive of classes that
 * is made of this run lets them start in a fraction of a second.
 */
final class Rehearsal {
  private static final String MESSAGE =
      "\n{\"time\":\"2026-01-01T00:00:00Z\",\"routing_key\":\"a.b\",\"payload\":{\"n\":1}}\n";
  private static final String ANSWER =
      """
      {"id":"1","state":"confirmed","status":"Healthy",
       "checks":[{"name":"a","status":"Healthy","description":"b"}],
       "items":[{"id":"1","queue":"q","messages":1}],"queues":[{"name":"q","state":"declared"}]}""";

  private Rehearsal() {}

  /** Ends with 0 when the commands did. */
  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Rehearsal::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    InputStream input = System.in;
    System.setIn(new ByteArrayInputStream("{\"n\": 1}".getBytes(StandardCharsets.UTF_8)));
    int worst = 0;
    for (List<String> command :
        List.of(
            List.of("publish", "a.b", "--payload-file", "-", "--parent", "p", "--url", url),
            List.of("consume", "a.#", "--count", "1", "--operator-url", url),
            List.of("health", "--url", url),
            List.of("health", "--json", "--url", url),
            List.of("topology", "--operator-url", url),
            List.of("routes", "--operator-url", url),
            List.of("dlq", "list", "--operator-url", url),
            List.of("tasks", "list", "--url", url),
            List.of("publish", "--help"))) {
      String[] typed = command.toArray(String[]::new);
      CommandLine line = Cli.commandLine(typed);
      line.setOut(new PrintWriter(Writer.nullWriter()));
      worst = Math.max(worst, line.execute(typed));
    }
    System.setIn(input);
    server.stop(0);
    System.exit(worst);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    boolean tail = exchange.getRequestURI().getPath().equals("/consume");
    byte[] body = (tail ? MESSAGE : ANSWER).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
