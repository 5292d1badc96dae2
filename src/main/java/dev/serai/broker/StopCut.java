package dev.serai.broker;

import com.rabbitmq.client.SocketConfigurator;
import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * Cuts what is left of the connections when a stop takes longer than routes and publisher need.
 *
 * <p>The client cancels a consumer with a limit of ten minutes. A broker that keeps its connections
 * and says nothing would hold up the stop until the heartbeat gives it up.
 */
@Component
class StopCut implements SocketConfigurator, ApplicationListener<ContextClosedEvent> {
  private static final long PATIENCE_SECONDS = 9;

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  @Override
  public void configure(Socket socket) throws IOException {
    sockets.removeIf(Socket::isClosed);
    sockets.add(socket);
    if (cut) {
      throw new IOException("Serai stops; no connection is opened any more");
    }
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent closing) {
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(this::cut);
  }

  private void cut() {
    cut = true;
    sockets.forEach(StopCut::close);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is of no use any more either way
    }
  }
}
