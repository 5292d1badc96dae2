package dev.serai.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import picocli.CommandLine;

/** Commands, and in the place of Serai a server that answers what the test says. */
@SuppressWarnings("NullAway.Init") // made before each test
abstract class CommandsFixture {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  /** Method, path with query and body of each, with blanks between them. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  HttpServer serai;

  @BeforeEach
  void start() throws IOException {
    serai = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serai.setExecutor(Executors.newCachedThreadPool());
    serai.start();
  }

  @AfterEach
  void stop() {
    serai.stop(0);
  }

  /** To every request. */
  void answer(int status, String body) {
    serai.createContext(
        "/",
        exchange -> {
          String sent =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  /** The exit code. */
  int execute(List<String> arguments) {
    CommandLine cli = Cli.commandLine();
    cli.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return cli.execute(arguments.toArray(String[]::new));
  }

  int port() {
    return serai.getAddress().getPort();
  }
}
