package dev.serai.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to the broker open, for ever: declares what must be there, lets it be worked
 * over, and opens the next one when it is lost.
 *
 * <p>After a connection that was of use the first attempt follows at once, else after a wait, so
 * that a broker that accepts and closes is not asked without pause.
 */
final class ConnectionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);
  private static final long LONG_LIFE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int CLOSE_MILLIS = 1000;

  private final ConnectionFactory broker;
  private final ConnectionState state;
  private final Declarations declarations;
  private final Backoff backoff;
  private volatile long downSince = System.nanoTime();

  ConnectionLoop(
      ConnectionFactory broker, ConnectionState state, Declarations declarations, Backoff backoff) {
    this.broker = broker;
    this.state = state;
    this.declarations = declarations;
    this.backoff = backoff;
  }

  /** What is done over a connection. */
  interface Work {

    /**
     * Goes on until the connection is lost or nothing more is wanted.
     *
     * @return whether the broker did what it is there for
     */
    boolean over(Connection connection);
  }

  /** Runs until it is not wanted any more. */
  void run(BooleanSupplier wanted, Work work) {
    while (wanted.getAsBoolean()) {
      try {
        Connection connection = open();
        state.opened();
        LOG.info("Connected to the broker");
        serve(connection, wanted, work);
      } catch (IOException | TimeoutException | RuntimeException e) {
        state.attemptFailed(reason(e));
        LOG.warn("No connection to the broker: {}; the next attempt follows", reason(e));
        backoff.await(wanted);
      }
    }
  }

  private Connection open() throws IOException, TimeoutException {
    Connection connection = broker.newConnection("serai-publisher");
    try {
      declarations.declareOn(connection);
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.abort(CLOSE_MILLIS);
      throw e;
    }
  }

  private void serve(Connection connection, BooleanSupplier wanted, Work work) {
    long opened = System.nanoTime();
    boolean useful = false;
    String why = "the channel could not be opened";
    try {
      useful = work.over(connection);
      if (!connection.isOpen()) {
        why = String.valueOf(connection.getCloseReason());
      }
    } finally {
      downSince = System.nanoTime();
      state.lost(why);
      connection.abort(CLOSE_MILLIS);
    }
    if (!wanted.getAsBoolean()) {
      return;
    }
    LOG.warn("Lost the connection to the broker: {}", why);
    if (useful || System.nanoTime() - opened > LONG_LIFE_NANOS) {
      backoff.reset();
    } else {
      backoff.await(wanted);
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Whether there has been no connection for longer than this. */
  boolean isDownFor(long nanos) {
    return !state.connected() && System.nanoTime() - downSince > nanos;
  }
}
