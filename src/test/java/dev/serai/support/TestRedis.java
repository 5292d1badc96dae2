package dev.serai.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A private Redis that keeps nothing on disk. */
public final class TestRedis implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final int port;
  private Process server;

  private TestRedis(int port, Process server) {
    this.port = port;
    this.server = server;
  }

  /** Starts one on a free port of this machine and returns when it answers. */
  public static TestRedis start() {
    int port = FreePorts.find(1).get(0);
    TestRedis redis = new TestRedis(port, launch(port));
    Runtime.getRuntime().addShutdownHook(new Thread(redis::close)); // whatever becomes of the test
    redis.awaitAnswer();
    return redis;
  }

  private static Process launch(int port) {
    Path program = MachineProbe.redis().program();
    try {
      return new ProcessBuilder(
              program.toString(),
              "--port",
              Integer.toString(port),
              "--bind",
              "127.0.0.1",
              "--save",
              "",
              "--appendonly",
              "no")
          .directory(Path.of("/").toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("Redis for the tests did not start", e);
    }
  }

  public int port() {
    return port;
  }

  /** Starts it again, empty, after it was closed. */
  public void restart() {
    server = launch(port);
    awaitAnswer();
  }

  private void awaitAnswer() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() == '+') {
          return;
        }
      } catch (IOException e) {
        if (!server.isAlive() || System.nanoTime() > end) {
          throw new UncheckedIOException("Redis did not become ready", e);
        }
        pause(); // the only condition to wait for is the connection itself
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it. */
  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(10, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
