package dev.serai.ordering;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.broker.OutgoingMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages of one queue into its partitions, one after the other, until one cannot be sent:
 * then its channel is closed, and all that was not sent on is back in its place.
 *
 * <p>It consumes and publishes over the same channel. So when the channel is lost, the broker has
 * all that was published over it before it gives the rest to another instance; over another channel
 * a message could come late, behind later ones of its key.
 */
final class Carrier extends DefaultConsumer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
  private static final int AHEAD = 10; // messages; each waits in memory
  private static final int LOOK_MILLIS = 100;
  private static final long CONFIRM_MILLIS = 30_000;

  private final Intake intake;
  private final BlockingQueue<Delivery> come = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean ending;
  private volatile boolean returned;
  private @Nullable Letter carried; // the last one

  private record Delivery(long tag, Letter letter) {}

  Carrier(Intake intake, Channel channel) {
    super(channel);
    this.intake = intake;
  }

  /** Begins to consume. */
  void begin(String queue) throws IOException {
    Channel channel = getChannel();
    channel.confirmSelect();
    channel.addReturnListener(message -> returned = true);
    channel.basicQos(AHEAD);
    channel.basicConsume(queue, false, this);
  }

  @Override
  public void handleDelivery(
      String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
    come.add(
        new Delivery(
            envelope.getDeliveryTag(),
            new Letter(envelope.getExchange(), envelope.getRoutingKey(), properties, body)));
  }

  /** The queue was deleted. */
  @Override
  public void handleCancel(String consumer) {
    ending = true;
  }

  @Override
  public void run() {
    try {
      while (!ending && getChannel().isOpen()) {
        Delivery next = come.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          carry(next);
        }
      }
    } catch (IOException e) {
      intake.say(String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      intake.say("the broker has not confirmed it");
    } catch (ShutdownSignalException e) {
      closed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("An intake has stopped, and begins again", e);
    } finally {
      Acks.close(getChannel());
      over.countDown();
    }
  }

  private void carry(Delivery next) throws IOException, InterruptedException, TimeoutException {
    if (intake.isRefused(next.letter())) {
      intake.park(next.letter(), new NeverSentException("the broker closes the channel over it"));
    } else {
      send(next.letter());
    }
    getChannel().basicAck(next.tag(), false);
  }

  private void send(Letter letter) throws IOException, InterruptedException, TimeoutException {
    carried = letter;
    OutgoingMessage message = intake.sentOn(letter);
    try {
      getChannel()
          .basicPublish(
              message.exchange(), message.routingKey(), true, message.properties(), message.body());
    } catch (IllegalArgumentException e) { // and no other can be sent over this channel
      intake.park(letter, new NeverSentException(String.valueOf(e.getMessage())));
      ending = true;
      return;
    }
    boolean taken = getChannel().waitForConfirms(CONFIRM_MILLIS);
    if (returned || !taken) {
      throw new IOException(
          returned
              ? "there is no queue " + message.routingKey()
              : "the broker refuses it; the partition may be full, or not there");
    }
    intake.sent(letter, message);
  }

  private void closed(ShutdownSignalException why) {
    LOG.debug("The channel is gone; another is opened", why);
    if (why.getReason() instanceof AMQP.Channel.Close close) {
      intake.say(close.getReplyText());
      Letter letter = carried;
      if (letter != null && close.getReplyCode() == AMQP.PRECONDITION_FAILED) {
        intake.refused(letter);
      }
    }
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** Ends when the message that is under way has got there, at the latest after this time. */
  void end(Duration patience) {
    ending = true;
    try {
      if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        Acks.close(getChannel());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Acks.close(getChannel());
    }
  }
}
