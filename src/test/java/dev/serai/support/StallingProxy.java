package dev.serai.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes to a server and back, until it is told to stall or to break the connections. */
public final class StallingProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean stalled;

  /** Listens on a free port for connections to this port of this machine. */
  public StallingProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** Where to connect. */
  public int port() {
    return server.getLocalPort();
  }

  /** From now on bytes are neither read nor passed on; connections stay open. */
  public void stall() {
    stalled = true;
  }

  /** Bytes flow again. */
  public synchronized void resume() {
    stalled = false;
    notifyAll();
  }

  /** Closes all connections; new ones are taken. */
  public void breakConnections() {
    sockets.forEach(StallingProxy::closeQuietly);
    sockets.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(client, upstream));
        daemon(() -> copy(client, upstream));
        daemon(() -> copy(upstream, client));
      } catch (IOException e) {
        // the proxy is closed, or the server is away: the client sees a closed connection
      }
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int read = in.read(buffer);
      while (read >= 0) {
        awaitFlow();
        out.write(buffer, 0, read);
        out.flush();
        read = in.read(buffer);
      }
    } catch (IOException e) {
      // one side is gone; the other is closed with it
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private synchronized void awaitFlow() {
    while (stalled) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "stalling-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // closed is closed
    }
  }

  @Override
  public void close() throws IOException {
    resume();
    server.close();
    breakConnections();
  }
}
