package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel in confirm mode and what is on its way over it. Only the writer's thread publishes.
 *
 * <p>An exchange that is not there would close the channel and fail all that is in flight, so each
 * is asked for once, on another channel, before its first message.
 */
final class PublishingSession {
  private static final Logger LOG = LoggerFactory.getLogger(PublishingSession.class);
  private static final int LONGEST_NAME = 255;

  private final Connection connection;
  private final Channel channel;
  private final Confirms confirms;
  private final Semaphore window;
  private final Set<String> existing = new HashSet<>(Set.of(""));
  private final AtomicBoolean blocked = new AtomicBoolean();
  private boolean spoilt; // only the writer asks

  /**
   * Opens a channel.
   *
   * @param window permits for unconfirmed messages; the confirms give them back
   */
  PublishingSession(Connection connection, Confirms confirms, Semaphore window) throws IOException {
    this.connection = connection;
    this.confirms = confirms;
    this.window = window;
    this.channel = connection.createChannel();
    channel.confirmSelect();
    channel.addConfirmListener(confirms);
    channel.addReturnListener(confirms);
    connection.addBlockedListener(reason -> blocked.set(true), () -> blocked.set(false));
  }

  boolean isOpen() {
    return !spoilt && channel.isOpen();
  }

  /** Waits a moment until one more message may be in flight. */
  boolean hasRoom() throws InterruptedException {
    if (blocked.get()) {
      TimeUnit.MILLISECONDS.sleep(10);
      return false;
    }
    return window.tryAcquire(100, TimeUnit.MILLISECONDS);
  }

  void giveRoomBack() {
    window.release();
  }

  /**
   * Sends a message; room for it was given before.
   *
   * @throws UnknownExchangeException the exchange is not there; nothing was sent
   * @throws UnsendableException the client cannot write it; nothing was sent, and this session ends
   * @throws IOException the channel is gone; nobody knows what became of the message
   */
  void send(PendingMessage pending)
      throws UnknownExchangeException, UnsendableException, IOException {
    OutgoingMessage message = pending.message();
    if (!existing.contains(message.exchange()) && !exists(message.exchange())) {
      window.release();
      throw new UnknownExchangeException(
          "The exchange \"" + message.exchange() + "\" does not exist on the broker");
    }
    long sequence = channel.getNextPublishSeqNo();
    confirms.sent(sequence, pending);
    try {
      channel.basicPublish(
          message.exchange(), message.routingKey(), true, message.properties(), message.body());
    } catch (AlreadyClosedException e) {
      throw new IOException(e);
    } catch (IllegalArgumentException e) {
      // The client has counted it, the broker never will: later confirms would meet other messages.
      confirms.notSent(sequence);
      giveUp();
      throw new UnsendableException(
          "The %s cannot be written: %s".formatted(pending, e.getMessage()));
    }
  }

  /** Closes the channel, on a thread of its own because a stalled broker does not answer. */
  private void giveUp() {
    spoilt = true;
    Thread thread = new Thread(this::closeChannel, "serai-channel-close");
    thread.setDaemon(true);
    thread.start();
  }

  private void closeChannel() {
    try {
      channel.abort();
    } catch (IOException e) {
      LOG.debug("The channel is gone already", e);
    }
  }

  private boolean exists(String exchange) throws IOException {
    if (exchange.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      return false;
    }
    try (Channel asking = connection.createChannel()) {
      asking.exchangeDeclarePassive(exchange);
      existing.add(exchange);
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

  /**
   * The exchange that was deleted under the channel and so closed it; null when something else
   * closed it.
   */
  boolean closedBecauseOf(String exchange) {
    ShutdownSignalException reason = channel.getCloseReason();
    Method method = reason == null ? null : reason.getReason();
    return method instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.NOT_FOUND
        && close.getReplyText().contains("'" + exchange + "'");
  }

  /** Whether only the channel was closed, by the broker, and the connection lives on. */
  boolean connectionIsOpen() {
    return connection.isOpen();
  }

  List<PendingMessage> unconfirmed() {
    return confirms.takeAll();
  }

  void expire(long nanos) {
    confirms.expire(nanos);
  }
}
