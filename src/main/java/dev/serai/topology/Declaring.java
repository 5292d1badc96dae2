package dev.serai.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.topology.Topologies.BindingSpec;
import dev.serai.topology.Topologies.ExchangeSpec;
import dev.serai.topology.Topologies.QueueSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Declares one thing after the other over a connection. What the broker refuses is noted; that
 * closes the channel, and the next step opens another. Each step throws {@link
 * UncheckedIOException} when the connection breaks. For one thread.
 */
final class Declaring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Declaring.class);

  private final Connection connection;
  private final Map<Object, String> said;
  private final UnaryOperator<String> names;
  private final Set<String> lacking;
  private final Map<Object, String> refused = new LinkedHashMap<>();
  private Channel channel;

  private interface Step {
    void on(Channel channel) throws IOException;
  }

  /**
   * Begins.
   *
   * @param said refusals that are in the log already
   * @param names of queues on the broker, by those in files
   * @param lacking types of exchanges that the broker does not know: it ends the connection when it
   *     is asked for one, so that it is asked once
   * @throws IOException when the connection has no channel
   */
  Declaring(
      Connection connection,
      Map<Object, String> said,
      UnaryOperator<String> names,
      Set<String> lacking)
      throws IOException {
    this.connection = connection;
    this.said = said;
    this.names = names;
    this.lacking = lacking;
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
    if (lacking.contains(exchange.type())) {
      refuse(exchange, ConflictText.lacking(exchange.name(), exchange.type()), Level.ERROR);
      return;
    }
    run(
        exchange,
        exchange.name(),
        at ->
            at.exchangeDeclare(
                exchange.name(), exchange.type(), true, false, exchange.arguments()));
  }

  void queue(QueueSpec queue) {
    boolean own = queue.role() == Topologies.Role.PER_INSTANCE; // gone with its connection
    String name = names.apply(queue.name());
    run(queue, name, at -> at.queueDeclare(name, !own, own, false, queue.arguments()));
  }

  void bind(BindingSpec binding) {
    if (isLacking(binding.exchange()) || isLacking(binding.queue())) {
      return; // that is said already
    }
    run(
        binding,
        "the binding of %s to %s".formatted(binding.queue(), binding.exchange()),
        at -> {
          if (binding.toExchange()) {
            bindExchange(at, binding);
          } else {
            at.queueBind(
                names.apply(binding.queue()),
                binding.exchange(),
                binding.key(),
                binding.arguments());
          }
        });
  }

  /** Whether an exchange of a plug-in could not be declared. */
  private boolean isLacking(String exchange) {
    return refused.keySet().stream()
        .anyMatch(
            spec ->
                spec instanceof ExchangeSpec one
                    && one.name().equals(exchange)
                    && one.type().equals(PartitionParts.CONSISTENT_HASH));
  }

  private static void bindExchange(Channel at, BindingSpec binding) throws IOException {
    if (binding.arguments().isEmpty()) { // all that the embedded broker knows
      at.exchangeBind(binding.queue(), binding.exchange(), binding.key());
    } else {
      at.exchangeBind(binding.queue(), binding.exchange(), binding.key(), binding.arguments());
    }
  }

  void unbind(BindingSpec binding) {
    run(
        binding,
        "the end of the binding of %s to %s".formatted(binding.queue(), binding.exchange()),
        at -> {
          try {
            unbindNow(at, binding);
          } catch (IOException e) {
            if (replyCode(e) != AMQP.NOT_FOUND) { // gone already; RabbitMQ does not mind
              throw e;
            }
          }
        });
  }

  private void unbindNow(Channel at, BindingSpec binding) throws IOException {
    if (binding.toExchange()) {
      at.exchangeUnbind(binding.queue(), binding.exchange(), binding.key());
    } else {
      at.queueUnbind(
          names.apply(binding.queue()), binding.exchange(), binding.key(), binding.arguments());
    }
  }

  private void run(Object spec, String name, Step step) {
    try {
      if (!channel.isOpen()) {
        channel = openChannel();
      }
      step.on(channel);
    } catch (IOException | ShutdownSignalException e) {
      if (!connection.isOpen()) {
        if (spec instanceof ExchangeSpec exchange && replyCode(e) == AMQP.COMMAND_INVALID) {
          lacking.add(exchange.type());
        }
        throw new UncheckedIOException(
            new IOException("The connection broke while the topology was declared", e));
      }
      boolean passes = replyCode(e) == AMQP.RESOURCE_LOCKED;
      refuse(spec, explain(name, e), passes ? Level.WARN : Level.ERROR);
    }
  }

  private void refuse(Object spec, String message, Level level) {
    refused.put(spec, message);
    if (!message.equals(said.get(spec))) { // said once, not at each connection
      LOG.atLevel(level).log(message);
    }
  }

  private static String explain(String name, Exception failure) {
    return shutdown(failure)
        .map(
            signal ->
                signal.getReason() instanceof AMQP.Channel.Close close
                    ? close.getReplyText()
                    : String.valueOf(signal.getMessage()))
        .map(text -> ConflictText.explain(name, text))
        .orElseGet(
            () ->
                "topology-conflict: %s could not be declared: %s"
                    .formatted(name, failure.getMessage()));
  }

  /** Why the broker closed the channel, or the connection; 0 when it did not. */
  private static int replyCode(Exception failure) {
    return shutdown(failure)
        .map(ShutdownSignalException::getReason)
        .map(
            reason ->
                reason instanceof AMQP.Channel.Close channel
                    ? channel.getReplyCode()
                    : reason instanceof AMQP.Connection.Close all ? all.getReplyCode() : 0)
        .orElse(0);
  }

  private static Optional<ShutdownSignalException> shutdown(Exception failure) {
    Throwable cause = failure instanceof IOException ? failure.getCause() : failure;
    return cause instanceof ShutdownSignalException signal ? Optional.of(signal) : Optional.empty();
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
