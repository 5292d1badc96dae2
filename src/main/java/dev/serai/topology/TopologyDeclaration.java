package dev.serai.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.broker.ConnectionState;
import dev.serai.broker.Declarations;
import dev.serai.health.HealthCheck;
import dev.serai.topology.Topologies.BindingSpec;
import dev.serai.topology.Topologies.ExchangeSpec;
import dev.serai.topology.Topologies.QueueSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpIOException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * Declares everything on each new connection, before messages are published or consumed over it; so
 * also after the broker was restarted.
 *
 * <p>Each exchange, queue and binding is declared on its own: one that conflicts with the broker is
 * reported, the rest is declared all the same.
 */
@Component
class TopologyDeclaration implements Declarations, HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(TopologyDeclaration.class);
  private static final String CHECK = "topology";

  private final Topologies topologies;
  private final ConnectionState state;
  private volatile Map<Object, String> conflicts = Map.of();

  TopologyDeclaration(
      Topologies topologies, ConnectionState state, CachingConnectionFactory consumers) {
    this.topologies = topologies;
    this.state = state;
    consumers.addConnectionListener(connection -> declareForConsumers(connection.getDelegate()));
  }

  /** They connect by themselves, perhaps earlier than the publisher. */
  private void declareForConsumers(@Nullable Connection connection) {
    if (connection != null) {
      try {
        declareOn(connection);
      } catch (IOException e) {
        throw new AmqpIOException(e);
      }
    }
  }

  @Override
  public boolean declares(String exchange) {
    return topologies.exchanges().containsKey(exchange);
  }

  @Override
  public void declareOn(Connection connection) throws IOException {
    try (Declaring declaring = new Declaring(connection)) {
      for (ExchangeSpec exchange : topologies.exchanges().values()) {
        declaring.run(
            exchange,
            exchange.name(),
            channel -> channel.exchangeDeclare(exchange.name(), exchange.type(), true));
      }
      for (QueueSpec queue : topologies.queues().values()) {
        declaring.run(
            queue,
            queue.name(),
            channel -> channel.queueDeclare(queue.name(), true, false, false, queue.arguments()));
      }
      for (BindingSpec binding : topologies.bindings()) {
        declaring.run(
            binding,
            "the binding of %s to %s".formatted(binding.queue(), binding.exchange()),
            channel -> channel.queueBind(binding.queue(), binding.exchange(), binding.key()));
      }
      conflicts = declaring.found;
    }
  }

  /**
   * Why the broker refused something.
   *
   * @param spec an exchange, a queue or a binding of the topology
   * @return empty when it was declared as its file says, or not yet
   */
  Optional<String> conflict(Object spec) {
    return Optional.ofNullable(conflicts.get(spec));
  }

  @Override
  public Result check() {
    if (!conflicts.isEmpty()) {
      return new Result(CHECK, Status.Degraded, String.join("; ", conflicts.values()));
    }
    return state.connected()
        ? new Result(CHECK, Status.Healthy, "Exchanges and queues are as the files say")
        : new Result(
            CHECK, Status.Degraded, "Not known while the broker is away; declared when it comes");
  }

  private interface Step {
    void on(Channel channel) throws IOException;
  }

  /** Keeps a channel; a refusal closes it, and the next step opens another. */
  private final class Declaring implements AutoCloseable {
    private final Connection connection;
    private final Map<Object, String> found = new LinkedHashMap<>();
    private Channel channel;

    Declaring(Connection connection) throws IOException {
      this.connection = connection;
      this.channel = openChannel();
    }

    private Channel openChannel() throws IOException {
      return connection
          .openChannel()
          .orElseThrow(() -> new IOException("The connection has no channel left"));
    }

    void run(Object spec, String name, Step step) throws IOException {
      try {
        if (!channel.isOpen()) {
          channel = openChannel();
        }
        step.on(channel);
      } catch (IOException | ShutdownSignalException e) {
        if (!connection.isOpen()) {
          throw new IOException("The connection broke while the topology was declared", e);
        }
        String message = explain(name, e);
        found.put(spec, message);
        if (!message.equals(conflicts.get(spec))) { // said once, not at each connection
          LOG.error("{}", message);
        }
      }
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
}
