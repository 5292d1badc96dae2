package dev.serai.tail;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * A copy of what is published to an exchange from now on, in a queue that belongs to a connection
 * of its own: when that closes, however it does, nothing is left behind.
 */
final class Tail implements AutoCloseable {
  private static final int CLOSE_MILLIS = 1000;

  private final Connection connection;
  private final TailBuffer buffer;

  private Tail(Connection connection, TailBuffer buffer) {
    this.connection = connection;
    this.buffer = buffer;
  }

  /**
   * Begins one.
   *
   * @param pattern of routing keys, checked already
   * @param buffer gets the messages; is closed when none can come any more
   * @throws IOException if the broker is away or refuses it
   */
  static Tail begin(ConnectionFactory broker, String exchange, String pattern, TailBuffer buffer)
      throws IOException, TimeoutException {
    Connection connection = broker.newConnection("serai-consume");
    try {
      connection.addShutdownListener(cause -> buffer.close());
      Channel channel =
          connection
              .openChannel()
              .orElseThrow(() -> new IOException("the connection has no channel left"));
      String queue = "serai.consume." + UUID.randomUUID();
      channel.queueDeclare(queue, false, true, true, Map.of());
      channel.queueBind(queue, exchange, pattern);
      // Without acks the broker never waits for us; what is too much for the reader ends here.
      channel.basicConsume(
          queue,
          true,
          (tag, message) -> buffer.offer(message),
          (String tag) -> buffer.close(),
          (String tag, ShutdownSignalException why) -> buffer.close());
      return new Tail(connection, buffer);
    } catch (IOException | RuntimeException e) {
      connection.abort(CLOSE_MILLIS);
      throw e;
    }
  }

  /** The next message, or none after a while. */
  TailBuffer.Next next(long millis) throws InterruptedException {
    return buffer.next(millis);
  }

  /** Whether none comes any more. */
  boolean isOver() {
    return buffer.isOver();
  }

  @Override
  public void close() {
    buffer.close();
    connection.abort(CLOSE_MILLIS);
  }
}
