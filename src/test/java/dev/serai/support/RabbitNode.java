package dev.serai.support;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A RabbitMQ of the test's own, which it may kill and start again. Ends with the JVM at last. */
public abstract class RabbitNode implements AutoCloseable {
  private static final byte[] AMQP = "AMQP\0\0\u0009\1".getBytes(StandardCharsets.US_ASCII);
  private static final Duration START = Duration.ofSeconds(90);

  /**
   * Starts an empty one and returns when it answers.
   *
   * @throws IllegalStateException if this machine can run none; says why
   */
  public static RabbitNode start() {
    RabbitNode node = notStarted();
    node.restart();
    return node;
  }

  /**
   * Starts an empty one that has a plug-in.
   *
   * @throws IllegalStateException if this machine can run none; says why
   */
  public static RabbitNode startWith(String plugin) {
    RabbitNode node = notStarted();
    node.enable(plugin);
    node.restart();
    return node;
  }

  /**
   * One whose address is known already; {@link #restart} starts it for the first time.
   *
   * @throws IllegalStateException if this machine can run none; says why
   */
  public static RabbitNode notStarted() {
    return on(ServerSource.own(MachineProbe.rabbitmq()));
  }

  /** A node that has not been started yet. */
  static RabbitNode on(ServerSource source) {
    if (source instanceof ServerSource.Docker) {
      return new ContainerNode();
    }
    if (source instanceof ServerSource.Local local) {
      return new LocalNode(local.program());
    }
    return new LocalNode(DebianPackage.install(MachineProbe.rabbitmq()));
  }

  /** Its address for a client on this machine, login included. */
  public final String uri() {
    return "amqp://guest:guest@%s:%d".formatted(host(), port());
  }

  /** The host where it listens. */
  public abstract String host();

  /** The port of AMQP; the same after a restart. */
  public abstract int port();

  /** Ends it as a power failure would, with SIGKILL. Its data stay. */
  public abstract void kill();

  /** Ends it and deletes its data: after a restart it knows nothing. */
  public abstract void killAndForget();

  /** Starts it again on the same data and the same port; returns when it answers. */
  public final void restart() {
    launch();
    Awaitility.await("RabbitMQ on port " + port())
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .until(this::answers);
  }

  /** Lets it have a plug-in when it is started for the first time. */
  abstract void enable(String plugin);

  /** Starts the process. */
  abstract void launch();

  /** Fails when the process has ended, so that nobody waits for it in vain. */
  abstract void checkAlive();

  @Override
  public abstract void close();

  /** Ready means: it greets a client; an open port alone is too early. */
  private boolean answers() {
    checkAlive();
    try (Socket socket = new Socket(host(), port())) {
      socket.setSoTimeout(1000);
      socket.getOutputStream().write(AMQP);
      return socket.getInputStream().read() == 1; // a method frame: connection.start
    } catch (IOException e) {
      return false;
    }
  }
}
