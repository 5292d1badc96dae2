package dev.serai.broker;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.server.model.AlternateBinding;
import org.apache.qpid.server.model.ConfiguredObject;
import org.apache.qpid.server.model.Connection;
import org.apache.qpid.server.model.Exchange;
import org.apache.qpid.server.model.LifetimePolicy;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.model.VirtualHost;

/** The embedded broker's own model, for what AMQP cannot say to it. Thread-safe. */
final class BrokerModel {
  /** An exchange without bindings. */
  private static final String NOWHERE = "serai.nowhere";

  private final VirtualHost<?> virtualHost;

  BrokerModel(VirtualHost<?> virtualHost) {
    this.virtualHost = virtualHost;
  }

  /** The queue, when there is one of this name. */
  Optional<Queue<?>> queue(String name) {
    return Optional.ofNullable(virtualHost.getChildByName(Queue.class, name));
  }

  /** The exchange, when there is one of this name. */
  Optional<Exchange<?>> exchange(String name) {
    return Optional.ofNullable(virtualHost.getChildByName(Exchange.class, name));
  }

  /** The queue or exchange of this name. No two share one: {@link Dialect} sees to it. */
  Optional<ConfiguredObject<?>> destination(String name) {
    Optional<Queue<?>> queue = queue(name);
    return queue.isPresent() ? Optional.of(queue.get()) : exchange(name).map(found -> found);
  }

  /** All queues. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the model's children are of raw type
  List<Queue<?>> queues() {
    Collection<Queue> queues = virtualHost.getChildren(Queue.class);
    return (List) List.copyOf(queues);
  }

  /** What the whole broker has. */
  BrokerTotals.Totals totals() {
    return new BrokerTotals.Totals(
        queues().stream().mapToLong(Queue::getUnacknowledgedMessages).sum(),
        virtualHost.getConnections().stream().mapToLong(Connection::getSessionCount).sum(),
        virtualHost.getConnections().size());
  }

  /** Whether the destination outlives connections and restarts. */
  static boolean lasting(ConfiguredObject<?> destination) {
    return destination.isDurable() && destination.getLifetimePolicy() == LifetimePolicy.PERMANENT;
  }

  /** What the queue was declared with; one not declared through the dialect has no arguments. */
  static QueueDeclaration declaration(Queue<?> queue) {
    return QueueDeclaration.ofJson(queue.getDescription())
        .orElseGet(() -> new QueueDeclaration(queue.isDurable(), false, false, Map.of()));
  }

  /** Where the queue's dead letters go; empty means that they are dropped. */
  static Optional<String> alternate(Queue<?> queue) {
    boolean connected = queue.getAlternateBindingDestination() != null;
    return Optional.ofNullable(queue.getAlternateBinding())
        .map(AlternateBinding::getDestination)
        .filter(name -> connected && !name.equals(NOWHERE));
  }

  /** Changes where the queue's dead letters go; empty means that they are dropped. */
  void changeAlternate(Queue<?> queue, Optional<String> destination) {
    if (destination.isEmpty() && exchange(NOWHERE).isEmpty()) {
      createFanout(NOWHERE, true);
    }
    // Not null: the broker would go on sending them to the object of the deleted destination.
    queue.setAttributes(
        Map.of(
            Queue.ALTERNATE_BINDING,
            Map.of(AlternateBinding.DESTINATION, destination.orElse(NOWHERE))));
  }

  /** Makes a queue that earlier versions have declared do the same as a new one when it is full. */
  void changeOverflow(Queue<?> queue, QueueDeclaration declaration) {
    String overflow = QueueArguments.overflow(declaration);
    if (!queue.getOverflowPolicy().name().equals(overflow)) {
      queue.setAttributes(Map.of(QueueArguments.OVERFLOW, overflow));
    }
  }

  /** Creates a fanout exchange. */
  Exchange<?> createFanout(String name, boolean durable) {
    return virtualHost.createChild(
        Exchange.class, Map.of("name", name, "type", "fanout", "durable", durable));
  }

  /** Binds an exchange to a queue or exchange, or ends that; what is so already stays so. */
  static void bind(Exchange<?> from, String destination, String key, boolean bound) {
    boolean now =
        from.getBindings().stream()
            .anyMatch(
                binding ->
                    binding.getDestination().equals(destination)
                        && binding.getBindingKey().equals(key));
    if (bound && !now) {
      from.bind(destination, key, Map.of(), false);
    } else if (!bound && now) {
      from.unbind(destination, key);
    }
  }
}
