package dev.serai.ordering;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The connection over which a route gets the messages of its partitions. The thread that reads it
 * hands each one over itself, so that nothing more is read until that one is counted or in a file;
 * the client's own threads would let whole windows wait in memory. Consumers over it must not wait
 * for an answer of the broker. Thread-safe.
 */
final class ReadingConnection implements Partition.Connections {
  private static final int CLOSE_MILLIS = 1000;

  private final ConnectionFactory broker;
  private @Nullable Connection connection;
  private volatile boolean ended;

  ReadingConnection(ConnectionFactory broker) {
    this.broker = broker;
  }

  /** The one that is open, or another. */
  @Override
  public Connection get() throws IOException {
    Connection current = current();
    if (current == null || !current.isOpen()) {
      try {
        current = broker.newConnection(new AtOnce(), "serai-ordered");
      } catch (TimeoutException e) {
        throw new IOException(e);
      }
      use(current);
    }
    return current;
  }

  private synchronized @Nullable Connection current() {
    return connection;
  }

  private synchronized void use(Connection opened) throws IOException {
    if (ended) {
      opened.abort(CLOSE_MILLIS);
      throw new IOException("The route has ended");
    }
    connection = opened;
  }

  /** Closes it, for good. */
  synchronized void end() {
    ended = true;
    if (connection != null) {
      connection.abort(CLOSE_MILLIS);
    }
  }

  /** Does everything on the thread that asks for it. */
  private static final class AtOnce extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) {
      return true;
    }
  }
}
