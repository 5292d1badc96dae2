package dev.serai.broker;

import java.util.Map;
import java.util.Optional;
import org.apache.qpid.server.model.Exchange;
import org.apache.qpid.server.model.Queue;

/**
 * Sends the dead letters of the embedded broker's queues where their declarations say, as soon as
 * the target exists, in whatever order things are declared. While the target is missing, dead
 * letters are dropped, as RabbitMQ does.
 *
 * <p>Not thread-safe: the dialect takes turns.
 */
final class DeadLetters {
  private static final String EXCHANGE = "x-dead-letter-exchange";
  private static final String KEY = "x-dead-letter-routing-key";
  private static final String REPLACEMENT_KEY = "x-replacement-routing-key";

  private final BrokerModel model;

  DeadLetters(BrokerModel model) {
    this.model = model;
  }

  /** Connects every queue whose target is there and disconnects those whose target is gone. */
  void connectAll() {
    for (Queue<?> queue : model.queues()) {
      Optional<String> target = target(queue);
      if (!target.equals(BrokerModel.alternate(queue))) {
        model.changeAlternate(queue, target);
      }
    }
  }

  /** Makes sure that nothing dead-letters to a queue or exchange that is about to be deleted. */
  void release(String destination) {
    for (Queue<?> queue : model.queues()) {
      if (BrokerModel.alternate(queue).filter(destination::equals).isPresent()) {
        model.changeAlternate(queue, Optional.empty());
      }
    }
  }

  /** Removes what {@link #connectAll} made for a queue that is gone. */
  void forget(String queue) {
    model.exchange(relayName(queue)).ifPresent(Exchange::delete);
  }

  /**
   * Finds what the embedded broker cannot do.
   *
   * @return why a queue cannot be declared so, or empty when it can
   */
  Optional<String> objection(String name, QueueDeclaration wanted) {
    Optional<String> own = destination(wanted);
    if (own.isEmpty() && wanted.text(EXCHANGE).filter(String::isEmpty).isPresent()) {
      return Optional.of(
          "%s is the default exchange and there is no %s; name the queue there"
              .formatted(EXCHANGE, KEY));
    }
    if (own.filter(name::equals).isPresent() && wanted.text(EXCHANGE).equals(Optional.of(""))) {
      return Optional.of("the embedded broker has no queue that dead-letters to itself");
    }
    if (own.flatMap(model::destination)
        .filter(target -> !BrokerModel.lasting(target))
        .isPresent()) {
      return Optional.of(temporary(own.get()));
    }
    boolean lasting = wanted.durable() && !wanted.exclusive() && !wanted.autoDelete();
    return lasting ? Optional.empty() : objectionToTemporary(name);
  }

  /** Why this queue or exchange cannot be a temporary one; empty when it can. */
  Optional<String> objectionToTemporary(String name) {
    return model.queues().stream()
            .map(BrokerModel::declaration)
            .anyMatch(declaration -> destination(declaration).equals(Optional.of(name)))
        ? Optional.of(temporary(name))
        : Optional.empty();
  }

  private static String temporary(String target) {
    return "the embedded broker dead-letters only to durable, permanent targets; declare '%s' so"
        .formatted(target);
  }

  /** The queue or exchange that a declaration names; it need not exist. */
  private static Optional<String> destination(QueueDeclaration declaration) {
    return declaration
        .text(EXCHANGE)
        .flatMap(exchange -> exchange.isEmpty() ? declaration.text(KEY) : Optional.of(exchange));
  }

  /** Where the queue's dead letters can go now. */
  private Optional<String> target(Queue<?> queue) {
    QueueDeclaration declaration = BrokerModel.declaration(queue);
    Optional<String> destination =
        destination(declaration).filter(name -> model.destination(name).isPresent());
    boolean byName = declaration.text(EXCHANGE).filter(String::isEmpty).isPresent();
    Optional<String> key = declaration.text(KEY);
    return byName || key.isEmpty()
        ? destination
        : destination.map(exchange -> relay(queue, exchange, key.get()));
  }

  /**
   * The broker's alternate binding keeps the original key; a relay exchange in between sets ours.
   */
  private String relay(Queue<?> queue, String exchange, String key) {
    String name = relayName(queue.getName());
    Exchange<?> relay =
        model.exchange(name).orElseGet(() -> model.createFanout(name, queue.isDurable()));
    boolean bound =
        relay.getBindings().stream().anyMatch(binding -> binding.getDestination().equals(exchange));
    if (!bound) {
      relay.bind(exchange, "", Map.of(REPLACEMENT_KEY, key), true);
    }
    return name;
  }

  private static String relayName(String queue) {
    return "serai.dead-letters." + queue;
  }
}
