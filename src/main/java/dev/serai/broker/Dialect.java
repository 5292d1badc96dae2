package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.qpid.server.model.Queue;
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
  private static final String SAME_NAME =
      "the embedded broker cannot have a queue and an exchange of one name; rename one";

  private final BrokerModel model;
  private final DeadLetters deadLetters;
  private final Object turn = new Object();
  private boolean saidThatLimitsAreNotEnforced;

  Dialect(BrokerModel model) {
    this.model = model;
    this.deadLetters = new DeadLetters(model);
    deadLetters.connectAll();
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
      Optional<String> refusal = conflict.isPresent() ? conflict : refusal(name, wanted);
      if (refusal.isPresent()) {
        throw closed(channel, QUEUE_CLASS, refusal.get());
      }
      sayOnceThatLimitsAreNotEnforced(name, wanted);
      // An exclusive queue goes with its connection; a durable one would stay here.
      boolean durable = wanted.durable() && !wanted.exclusive();
      AMQP.Queue.DeclareOk declared =
          channel.queueDeclare(
              name,
              durable,
              wanted.exclusive(),
              wanted.autoDelete(),
              QueueArguments.translate(name, wanted));
      model.queue(name).ifPresent(queue -> model.changeOverflow(queue, wanted)); // an older one
      deadLetters.connectAll();
      return withReadyMessages(declared);
    }
  }

  private Optional<String> refusal(String name, QueueDeclaration wanted) {
    try {
      QueueArguments.translate(name, wanted);
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getMessage());
    }
    Optional<String> objection =
        model.exchange(name).isPresent()
            ? Optional.of(SAME_NAME)
            : deadLetters.objection(name, wanted);
    return objection.map(why -> "queue '%s' in vhost '/': %s".formatted(name, why));
  }

  /** Declares an exchange; a refusal closes the channel, as on RabbitMQ, not the connection. */
  <T extends @Nullable Object> T declareExchange(
      Channel channel, ExchangeDeclaration wanted, Call<T> declare) throws IOException {
    synchronized (turn) {
      Optional<String> refusal = refusal(wanted);
      if (refusal.isPresent()) {
        throw closed(channel, EXCHANGE_CLASS, refusal.get());
      }
      T result = declare.run();
      deadLetters.connectAll();
      return result;
    }
  }

  private Optional<String> refusal(ExchangeDeclaration wanted) {
    Optional<String> refusal = wanted.refusal(model.exchange(wanted.name()));
    if (refusal.isPresent()) {
      return refusal;
    }
    Optional<String> objection =
        model.queue(wanted.name()).isPresent()
            ? Optional.of(SAME_NAME)
            : wanted.lasting() ? Optional.empty() : deadLetters.objectionToTemporary(wanted.name());
    return objection.map(why -> "exchange '%s' in vhost '/': %s".formatted(wanted.name(), why));
  }

  /**
   * Binds an exchange to another, or ends that: over AMQP the embedded broker would drop the
   * connection.
   *
   * @param destination where messages go
   * @param source where they come from
   * @param bound whether they are to go there
   */
  AMQP.Exchange.BindOk bindExchange(
      Channel channel, String destination, String source, String key, boolean bound)
      throws IOException {
    synchronized (turn) {
      if (model.exchange(source).isEmpty() || model.exchange(destination).isEmpty()) {
        throw closed(
            channel,
            EXCHANGE_CLASS,
            "there is no exchange '%s' or '%s' in vhost '/'".formatted(source, destination));
      }
      model.exchange(source).ifPresent(from -> BrokerModel.bind(from, destination, key, bound));
      return new AMQP.Exchange.BindOk.Builder().build();
    }
  }

  /**
   * Deletes a queue or exchange, even one to which others dead-letter: over AMQP alone that would
   * stop the broker.
   */
  <T extends @Nullable Object> T delete(String name, Call<T> delete) throws IOException {
    synchronized (turn) {
      deadLetters.release(name);
      try {
        return delete.run();
      } finally {
        deadLetters.connectAll();
        if (model.queue(name).isEmpty()) {
          deadLetters.forget(name);
        }
      }
    }
  }

  /** RabbitMQ counts what waits; the embedded broker also what consumers hold. */
  AMQP.Queue.DeclareOk withReadyMessages(AMQP.Queue.DeclareOk declared) {
    int ready =
        model
            .queue(declared.getQueue())
            .map(Queue::getAvailableMessages)
            .orElse(declared.getMessageCount());
    return new AMQP.Queue.DeclareOk.Builder()
        .queue(declared.getQueue())
        .messageCount(ready)
        .consumerCount(declared.getConsumerCount())
        .build();
  }

  /** Whether nothing has this name: to delete it is a success on RabbitMQ. */
  boolean isMissing(String name) {
    return !name.isEmpty() && model.destination(name).isEmpty();
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
