package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.qpid.server.model.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What RabbitMQ does and the embedded broker does not, or does otherwise: queue arguments, dead
 * letters, refusal of a different declaration, deletion of a queue that others dead-letter to.
 * Thread-safe.
 */
final class Dialect {
  private static final Logger LOG = LoggerFactory.getLogger(Dialect.class);
  private static final int QUEUE_CLASS = 50;
  private static final int EXCHANGE_CLASS = 40;
  private static final int DECLARE = 10;

  private final BrokerModel model;
  private final DeadLetters deadLetters;
  private final Object turn = new Object();
  private boolean saidThatLimitsAreNotEnforced;

  Dialect(BrokerModel model) {
    this.model = model;
    this.deadLetters = new DeadLetters(model);
  }

  /** A broker call that may fail. */
  interface Call<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** Declares a queue as RabbitMQ would. */
  AMQP.Queue.DeclareOk declareQueue(Channel channel, String name, QueueDeclaration wanted)
      throws IOException {
    synchronized (turn) {
      Optional<String> conflict =
          model
              .queue(name)
              .map(BrokerModel::declaration)
              .flatMap(current -> current.conflict(name, wanted));
      if (conflict.isPresent()) {
        throw closed(channel, QUEUE_CLASS, conflict.get());
      }
      Map<String, Object> arguments;
      try {
        arguments = QueueArguments.translate(name, wanted);
      } catch (IllegalArgumentException e) {
        throw closed(channel, QUEUE_CLASS, String.valueOf(e.getMessage()));
      }
      sayOnceThatLimitsAreNotEnforced(name, wanted);
      AMQP.Queue.DeclareOk declared =
          channel.queueDeclare(
              name, wanted.durable(), wanted.exclusive(), wanted.autoDelete(), arguments);
      deadLetters.connectAll();
      return declared;
    }
  }

  /**
   * Declares an exchange; another type is refused on the channel, not by closing the connection.
   */
  <T extends @Nullable Object> T declareExchange(
      Channel channel, String name, String type, Call<T> declare) throws IOException {
    synchronized (turn) {
      @Nullable String current = model.exchange(name).map(Exchange::getType).orElse(null);
      if (current != null && !current.equals(type)) {
        throw closed(
            channel,
            EXCHANGE_CLASS,
            "inequivalent arg 'type' for exchange '%s' in vhost '/': received '%s' but current is '%s'"
                .formatted(name, type, current));
      }
      T result = declare.run();
      deadLetters.connectAll();
      return result;
    }
  }

  /** Deletes a queue or exchange to which others may dead-letter. */
  <T extends @Nullable Object> T delete(String name, Call<T> delete) throws IOException {
    synchronized (turn) {
      deadLetters.release(name);
      T result;
      try {
        result = delete.run();
      } finally {
        deadLetters.connectAll();
      }
      if (model.queue(name).isEmpty()) {
        deadLetters.forget(name);
      }
      return result;
    }
  }

  private void sayOnceThatLimitsAreNotEnforced(String name, QueueDeclaration wanted) {
    if (!saidThatLimitsAreNotEnforced && wanted.text("x-delivery-limit").isPresent()) {
      saidThatLimitsAreNotEnforced = true;
      LOG.info(
          "The embedded broker does not enforce x-delivery-limit (queue {} and others):"
              + " a message that crashes its consumer comes back without end",
          name);
    }
  }

  /** Closes the channel as RabbitMQ does when it refuses a declaration. */
  private static IOException closed(Channel channel, int classId, String why) {
    String text = "PRECONDITION_FAILED - " + why;
    AMQP.Channel.Close reason =
        new AMQP.Channel.Close.Builder()
            .replyCode(AMQP.PRECONDITION_FAILED)
            .replyText(text)
            .classId(classId)
            .methodId(DECLARE)
            .build();
    try {
      channel.close(AMQP.PRECONDITION_FAILED, text.substring(0, Math.min(text.length(), 200)));
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      LOG.debug("The channel was closed already", e);
    }
    return new IOException(text, new ShutdownSignalException(false, false, reason, channel));
  }
}
