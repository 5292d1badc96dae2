package dev.serai.hub;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy that gives each connection to the next instance. */
final class RoundRobin implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final NetServer server;

  RoundRobin(List<Integer> ports) throws Exception {
    NetClient client = vertx.createNetClient();
    AtomicInteger next = new AtomicInteger();
    server =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  socket.pause();
                  int port = ports.get(next.getAndIncrement() % ports.size());
                  client
                      .connect(port, "127.0.0.1")
                      .onFailure(away -> socket.close())
                      .onSuccess(there -> join(socket, there));
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  private static void join(NetSocket one, NetSocket other) {
    one.pipeTo(other);
    other.pipeTo(one);
    one.resume();
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
