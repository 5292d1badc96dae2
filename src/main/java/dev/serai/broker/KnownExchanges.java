package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The exchanges that are known to be there. For one thread.
 *
 * <p>An exchange that is not there would close the channel and fail all that is in flight, so each
 * is asked for once, on another channel, before its first message.
 */
final class KnownExchanges {
  private static final int LONGEST_NAME = 255;
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Connection connection;
  private final Declarations declarations;
  private final Set<String> known = new HashSet<>(Set.of(""));
  private long declareFrom = System.nanoTime();

  KnownExchanges(Connection connection, Declarations declarations) {
    this.connection = connection;
    this.declarations = declarations;
  }

  /**
   * Makes sure that a message can go to an exchange; declares what the topology has and the broker
   * lost.
   *
   * @throws UnknownExchangeException nobody knows the exchange
   * @throws BrokerUnavailableException it should be there, but it cannot be declared now
   * @throws IOException the connection broke
   */
  void require(String exchange) throws PublishException, IOException {
    if (known.contains(exchange)) {
      return;
    }
    boolean there = exists(exchange);
    if (!there && declarations.declares(exchange)) {
      there = declared(exchange);
      if (!there) {
        throw new BrokerUnavailableException(
            "The exchange \""
                + exchange
                + "\" cannot be declared on the broker; see GET /topology");
      }
    }
    if (!there) {
      throw new UnknownExchangeException(
          "The exchange \"" + exchange + "\" does not exist on the broker");
    }
    known.add(exchange);
  }

  /** Not for each message that waits for the exchange. */
  private boolean declared(String exchange) throws IOException {
    if (System.nanoTime() - declareFrom < 0) {
      return false;
    }
    declarations.declareOn(connection);
    declareFrom = System.nanoTime() + AGAIN_NANOS;
    return exists(exchange);
  }

  private boolean exists(String exchange) throws IOException {
    if (exchange.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      return false;
    }
    try (Channel asking = connection.createChannel()) {
      asking.exchangeDeclarePassive(exchange);
      return true;
    } catch (IOException e) {
      if (e.getCause() instanceof ShutdownSignalException signal
          && signal.getReason() instanceof AMQP.Channel.Close close
          && close.getReplyCode() == AMQP.NOT_FOUND) {
        return false;
      }
      throw e;
    } catch (TimeoutException | AlreadyClosedException e) {
      throw new IOException(e);
    }
  }
}
