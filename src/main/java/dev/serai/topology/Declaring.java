package dev.serai.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.topology.Topologies.BindingSpec;
import dev.serai.topology.Topologies.ExchangeSpec;
import dev.serai.topology.Topologies.QueueSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares one thing after the other over a connection. What the broker refuses is noted; that
 * closes the channel, and the next step opens another. Each step throws {@link
 * UncheckedIOException} when the connection breaks. For one thread.
 */
final class Declaring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Declaring.class);

  private final Connection connection;
  private final Map<Object, String> said;
  private final Map<Object, String> refused = new LinkedHashMap<>();
  private Channel channel;

  private interface Step {
    void on(Channel channel) throws IOException;
  }

  /**
   * Begins.
   *
   * @param said refusals that are in the log already
   * @throws IOException when the connection has no channel
   */
  Declaring(Connection connection, Map<Object, String> said) throws IOException {
    this.connection = connection;
    this.said = said;
    this.channel = openChannel();
  }

  private Channel openChannel() throws IOException {
    return connection
        .openChannel()
        .orElseThrow(() -> new IOException("The connection has no channel left"));
  }

  /** What the broker refused, with the reason. */
  Map<Object, String> refused() {
    return Map.copyOf(refused);
  }

  void exchange(ExchangeSpec exchange) {
    run(
        exchange,
        exchange.name(),
        at -> at.exchangeDeclare(exchange.name(), exchange.type(), true));
  }

  void queue(QueueSpec queue) {
    run(
        queue,
        queue.name(),
        at -> at.queueDeclare(queue.name(), true, false, false, queue.arguments()));
  }

  void bind(BindingSpec binding) {
    run(
        binding,
        "the binding of %s to %s".formatted(binding.queue(), binding.exchange()),
        at -> at.queueBind(binding.queue(), binding.exchange(), binding.key()));
  }

  void unbind(BindingSpec binding) {
    run(
        binding,
        "the end of the binding of %s to %s".formatted(binding.queue(), binding.exchange()),
        at -> {
          try {
            at.queueUnbind(binding.queue(), binding.exchange(), binding.key());
          } catch (IOException e) {
            if (!isGone(e)) {
              throw e;
            }
          }
        });
  }

  /** The broker has no such binding, queue or exchange; RabbitMQ says so of none of them. */
  private static boolean isGone(IOException failure) {
    return failure.getCause() instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.NOT_FOUND;
  }

  private void run(Object spec, String name, Step step) {
    try {
      if (!channel.isOpen()) {
        channel = openChannel();
      }
      step.on(channel);
    } catch (IOException | ShutdownSignalException e) {
      if (!connection.isOpen()) {
        throw new UncheckedIOException(
            new IOException("The connection broke while the topology was declared", e));
      }
      String message = explain(name, e);
      refused.put(spec, message);
      if (!message.equals(said.get(spec))) { // said once, not at each connection
        LOG.error("{}", message);
      }
    }
  }

  private static String explain(String name, Exception failure) {
    Throwable cause = failure instanceof IOException ? failure.getCause() : failure;
    if (cause instanceof ShutdownSignalException signal) {
      Method reason = signal.getReason();
      String text =
          reason instanceof AMQP.Channel.Close close
              ? close.getReplyText()
              : String.valueOf(signal.getMessage());
      return ConflictText.explain(name, text);
    }
    return "topology-conflict: %s could not be declared: %s".formatted(name, failure.getMessage());
  }

  @Override
  public void close() {
    try {
      if (channel.isOpen()) {
        channel.close();
      }
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      LOG.debug("The channel was gone already", e);
    }
  }
}
