package dev.serai.ordering;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acknowledgements of one channel, and which of them the broker is known to have.
 *
 * <p>AMQP confirms no acknowledgement. But the commands of a channel are taken in their order, and
 * some are answered: when such an answer is there, so is all that was sent before. Thread-safe.
 */
final class Acks {
  private static final Logger LOG = LoggerFactory.getLogger(Acks.class);

  private final Channel channel;
  private final int window;
  private final List<Held> sent = new ArrayList<>();
  private boolean asking;

  /**
   * Those of a channel.
   *
   * @param window that it was opened with
   */
  Acks(Channel channel, int window) {
    this.channel = channel;
    this.window = window;
  }

  /** Sends one; says whether the channel took it. */
  boolean send(Held message) {
    try {
      channel.basicAck(message.tag(), false);
      return true;
    } catch (IOException | AlreadyClosedException e) {
      LOG.debug("The channel is gone; the message comes again", e);
      return false;
    }
  }

  /** Notes one that was sent; says whether the caller has to {@link #ask}. */
  synchronized boolean note(Held message) {
    sent.add(message);
    boolean first = !asking;
    asking = true;
    return first;
  }

  /**
   * Asks until there is nothing more to ask for.
   *
   * @param arrived told of those that the broker has
   * @return whether the broker has answered; if not, this channel is of no use any more
   */
  boolean ask(Consumer<List<Held>> arrived) {
    for (List<Held> some = taken(); !some.isEmpty(); some = taken()) {
      try {
        channel.basicQos(window); // changes nothing, and is answered
      } catch (IOException | ShutdownSignalException e) {
        LOG.debug("The channel is gone, or its broker does not answer; messages come again", e);
        return false;
      }
      arrived.accept(some);
    }
    return true;
  }

  private synchronized List<Held> taken() {
    List<Held> some = List.copyOf(sent);
    sent.clear();
    asking = !some.isEmpty();
    return some;
  }

  /** Closes the channel: what was not acknowledged is back in its place. */
  void end() {
    close(channel);
  }

  static void close(Channel channel) {
    try {
      if (channel.isOpen()) {
        channel.close();
      }
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      LOG.debug("The channel was gone already", e);
    }
  }
}
