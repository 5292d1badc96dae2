package dev.serai.bloodbank;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody's address that events are brought to. */
final class Hook implements AutoCloseable {
  private final HttpServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  Hook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          call.getRequestBody().readAllBytes();
          int answer = status;
          if (answer < 300) {
            received.add(
                "%s %s %s"
                    .formatted(
                        call.getRequestHeaders().getFirst("ce-id"),
                        call.getRequestHeaders().containsKey("webhook-signature"),
                        call.getRequestHeaders().getFirst("serai-replays")));
          }
          call.sendResponseHeaders(answer, -1);
          call.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
  }

  /**
   * For each event that was taken: its id, whether it was signed, and how often it was replayed.
   */
  List<String> received() {
    return received;
  }

  void answer(int other) {
    status = other;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
