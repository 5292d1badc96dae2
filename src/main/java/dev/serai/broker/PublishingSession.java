package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel in confirm mode and what is on its way over it. Only the writer's thread publishes.
 */
final class PublishingSession {
  private static final Logger LOG = LoggerFactory.getLogger(PublishingSession.class);

  private final PublishingConnection connection;
  private final KnownExchanges exchanges;
  private final Channel channel;
  private final Confirms confirms;
  private final Window window;
  private boolean spoilt; // only the writer asks

  /**
   * Room for messages on their way.
   *
   * @param size how many at most
   * @param permits those that are left; the confirms give them back
   */
  record Window(int size, Semaphore permits) {
    static Window of(int size) {
      return new Window(size, new Semaphore(size));
    }
  }

  /** Opens a channel. */
  PublishingSession(
      PublishingConnection connection, KnownExchanges exchanges, Confirms confirms, Window window)
      throws IOException {
    this.connection = connection;
    this.exchanges = exchanges;
    this.confirms = confirms;
    this.window = window;
    this.channel = connection.openChannel();
    channel.confirmSelect();
    channel.addConfirmListener(confirms);
    channel.addReturnListener(confirms);
  }

  boolean isOpen() {
    return !spoilt && channel.isOpen();
  }

  /** Whether nothing is on its way. */
  boolean isIdle() {
    return window.permits().availablePermits() == window.size();
  }

  /** Waits a moment until one more message may be in flight. */
  boolean hasRoom() throws InterruptedException {
    if (connection.isBlocked()) {
      TimeUnit.MILLISECONDS.sleep(10);
      return false;
    }
    return window.permits().tryAcquire(100, TimeUnit.MILLISECONDS);
  }

  void giveRoomBack() {
    window.permits().release();
  }

  /**
   * Makes sure that a message's exchange is there. Nothing is sent yet.
   *
   * @throws PublishException it is not there
   * @throws IOException the connection broke
   */
  void require(String exchange) throws PublishException, IOException {
    exchanges.require(exchange);
  }

  /**
   * Sends a message; room for it was given before.
   *
   * @throws UnsendableException the client cannot write it; nothing was sent, and this session ends
   * @throws IOException the channel is gone; nobody knows what became of the message
   */
  void send(PendingMessage pending) throws UnsendableException, IOException {
    OutgoingMessage message = pending.message();
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
      spoilt = true;
      throw new UnsendableException(
          "The %s cannot be written: %s".formatted(pending, e.getMessage()));
    }
  }

  /**
   * Ends the use of a channel that is spoilt: waits until what is on its way is confirmed or has
   * expired, so that it need not be sent again, and closes it.
   */
  void leave(BooleanSupplier wanted) {
    if (!spoilt) {
      return;
    }
    try {
      while (wanted.getAsBoolean() && channel.isOpen() && !isIdle()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      if (channel.isOpen()) {
        channel.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | TimeoutException | AlreadyClosedException e) {
      LOG.debug("The channel is gone already", e);
    }
  }

  /** Whether only the channel is gone, and the connection lives on. */
  boolean connectionIsOpen() {
    return connection.isOpen();
  }

  /** Waits until a message is settled, or this channel is gone. */
  void awaitOutcome(PendingMessage message) throws InterruptedException {
    while (channel.isOpen() && !message.isOver()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Whether the broker has closed the channel, and only that. */
  boolean isRefused() {
    ShutdownSignalException reason = channel.getCloseReason();
    return connection.isOpen() && reason != null && !reason.isInitiatedByApplication();
  }

  /** What the broker has said when it closed the channel. */
  String closeReason() {
    ShutdownSignalException reason = channel.getCloseReason();
    return reason != null && reason.getReason() instanceof AMQP.Channel.Close close
        ? close.getReplyText()
        : String.valueOf(reason);
  }

  List<PendingMessage> unconfirmed() {
    return confirms.takeAll();
  }

  void expire(long nanos) {
    confirms.expire(nanos);
  }
}
