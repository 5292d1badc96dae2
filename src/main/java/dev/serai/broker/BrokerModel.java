package dev.serai.broker;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.server.model.AlternateBinding;
import org.apache.qpid.server.model.ConfiguredObject;
import org.apache.qpid.server.model.Exchange;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.model.VirtualHost;

/** The embedded broker's own model, for what AMQP cannot say to it. Thread-safe. */
final class BrokerModel {
  private static final String ALTERNATE = "alternateBinding";

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

  /** All queues. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  List<Queue<?>> queues() {
    Collection<Queue> queues = virtualHost.getChildren(Queue.class);
    return (List) List.copyOf(queues);
  }

  /**
   * What the queue was declared with; a queue not declared through the dialect has no arguments.
   */
  static QueueDeclaration declaration(Queue<?> queue) {
    return QueueDeclaration.ofJson(queue.getDescription())
        .orElseGet(() -> new QueueDeclaration(queue.isDurable(), false, false, Map.of()));
  }

  /**
   * Where the queue's dead letters go: a queue or an exchange; empty means that they are dropped.
   */
  static Optional<String> alternate(Queue<?> queue) {
    return Optional.ofNullable(queue.getAlternateBinding()).map(AlternateBinding::getDestination);
  }

  /** Changes where the queue's dead letters go; empty means that they are dropped. */
  static void setAlternate(Queue<?> queue, Optional<String> destination) {
    Map<String, Object> change = new HashMap<>();
    change.put(ALTERNATE, destination.map(name -> Map.of("destination", name)).orElse(null));
    queue.setAttributes(change);
  }

  /** Creates an exchange that survives as long as the queue it serves. */
  Exchange<?> createExchange(String name, String type, boolean durable) {
    ConfiguredObject<?> created =
        virtualHost.createChild(
            Exchange.class, Map.of("name", name, "type", type, "durable", durable));
    return (Exchange<?>) created;
  }
}
