package dev.serai.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes every connection and never says a word. */
public final class SilentServer implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> taken = new CopyOnWriteArrayList<>();

  /** Listens on a free port. */
  public SilentServer() throws IOException {
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "silent-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where to connect. */
  public int port() {
    return server.getLocalPort();
  }

  /** How many have connected. */
  public int connections() {
    return taken.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        taken.add(server.accept());
      } catch (IOException e) {
        // closed: nobody connects any more
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : taken) {
      socket.close();
    }
  }
}
