package dev.serai.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.serai.http.ProblemException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * A look into one queue on a connection of its own. What is read and not acked is back in its place
 * when the session closes, also when this process dies. Not thread-safe.
 */
final class ParkingSession implements AutoCloseable {
  private final Connection connection;
  private final Channel channel;
  private final String queue;
  private final long depth;
  private long read;
  private final Set<Long> unacked = new LinkedHashSet<>();

  private ParkingSession(Connection connection, String queue) throws IOException {
    this.connection = connection;
    this.channel = connection.createChannel();
    this.queue = queue;
    this.depth = channel.messageCount(queue);
  }

  /**
   * Opens one.
   *
   * @throws ProblemException 503 when the broker is away or the queue is not there
   */
  static ParkingSession open(ConnectionFactory broker, String queue) throws ProblemException {
    try {
      Connection connection = broker.newConnection("serai-dlq");
      try {
        return new ParkingSession(connection, queue);
      } catch (IOException e) {
        connection.abort();
        throw e;
      }
    } catch (IOException | TimeoutException e) {
      throw unavailable(queue, e);
    }
  }

  static ProblemException unavailable(String queue, Exception cause) {
    ProblemException problem =
        new ProblemException(
            503,
            "broker-unavailable",
            "Queue \"%s\" cannot be read at the moment: %s".formatted(queue, cause.getMessage()),
            List.of());
    problem.initCause(cause);
    return problem;
  }

  /** Messages that were ready when the session opened. */
  long depth() {
    return depth;
  }

  /** The next message; empty when as many were read as there were at the start. */
  Optional<GetResponse> next() throws IOException {
    if (read >= depth) {
      return Optional.empty();
    }
    GetResponse message = channel.basicGet(queue, false);
    if (message == null) {
      return Optional.empty();
    }
    read++;
    unacked.add(message.getEnvelope().getDeliveryTag());
    return Optional.of(message);
  }

  /** Takes a message out of the queue for good. */
  void ack(GetResponse message) throws IOException {
    channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
    unacked.remove(message.getEnvelope().getDeliveryTag());
  }

  /** Puts back what was not acked and returns when it is there. */
  @Override
  public void close() {
    try {
      for (long tag : unacked) {
        channel.basicNack(tag, false, true); // all at once is not understood by the embedded broker
      }
      channel.close();
      connection.close();
    } catch (IOException | TimeoutException | RuntimeException e) {
      connection.abort();
    }
  }
}
