package dev.serai.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.health.HealthCheck;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.stereotype.Component;

/**
 * Declares everything on each new connection, so also after the broker was restarted, and before
 * the routes start.
 *
 * <p>Each exchange, queue and binding is declared on its own: one that conflicts with the broker is
 * reported, the rest is declared all the same.
 */
@Component
class TopologyDeclaration implements ConnectionListener, CamelContextConfiguration, HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(TopologyDeclaration.class);

  private final Topologies topologies;
  private final CachingConnectionFactory connections;
  private final Map<String, String> conflicts = new ConcurrentHashMap<>();

  TopologyDeclaration(Topologies topologies, CachingConnectionFactory connections) {
    this.topologies = topologies;
    this.connections = connections;
    connections.addConnectionListener(this);
  }

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    try {
      connections.createConnection().close();
    } catch (AmqpException e) {
      LOG.warn("The topology is declared once the broker can be reached: {}", e.getMessage());
    }
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {}

  @Override
  public void onCreate(Connection connection) {
    conflicts.clear();
    try (Declaring declaring = new Declaring(connection)) {
      topologies
          .exchanges()
          .values()
          .forEach(
              exchange ->
                  declaring.run(
                      exchange.name(),
                      channel -> channel.exchangeDeclare(exchange.name(), exchange.type(), true)));
      topologies
          .queues()
          .values()
          .forEach(
              queue ->
                  declaring.run(
                      queue.name(),
                      channel ->
                          channel.queueDeclare(
                              queue.name(), true, false, false, queue.arguments())));
      topologies
          .bindings()
          .forEach(
              binding ->
                  declaring.run(
                      binding.exchange() + " -> " + binding.queue(),
                      channel ->
                          channel.queueBind(binding.queue(), binding.exchange(), binding.key())));
    }
  }

  /** Why the broker refused a name; empty when it is declared as its file says. */
  Optional<String> conflict(String name) {
    return Optional.ofNullable(conflicts.get(name));
  }

  @Override
  public Result check() {
    return conflicts.isEmpty()
        ? new Result("topology", Status.Healthy, "Exchanges and queues are as the files say")
        : new Result("topology", Status.Degraded, String.join("; ", conflicts.values()));
  }

  private interface Step {
    void on(Channel channel) throws IOException;
  }

  /** Keeps a channel; a refusal closes it, and the next step opens another. */
  private final class Declaring implements AutoCloseable {
    private final Connection connection;
    private Channel channel;

    Declaring(Connection connection) {
      this.connection = connection;
      this.channel = connection.createChannel(false);
    }

    void run(String name, Step step) {
      try {
        if (!channel.isOpen()) {
          channel = connection.createChannel(false);
        }
        step.on(channel);
      } catch (IOException | ShutdownSignalException e) {
        String message = explain(name, e);
        conflicts.put(name, message);
        LOG.error("{}", message);
      }
    }

    @Override
    public void close() {
      try {
        if (channel.isOpen()) {
          channel.close();
        }
      } catch (IOException | TimeoutException e) {
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
