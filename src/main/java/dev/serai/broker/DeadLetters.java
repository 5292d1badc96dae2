package dev.serai.broker;

import java.util.Map;
import java.util.Optional;
import org.apache.qpid.server.model.Exchange;
import org.apache.qpid.server.model.Queue;
import org.jspecify.annotations.Nullable;

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

  private final BrokerModel model;

  DeadLetters(BrokerModel model) {
    this.model = model;
  }

  /** Connects every queue whose target is there and disconnects those whose target is gone. */
  void connectAll() {
    model.queues().forEach(this::connect);
  }

  private void connect(Queue<?> queue) {
    Optional<String> wanted = target(queue);
    if (!wanted.equals(BrokerModel.alternate(queue))) {
      BrokerModel.setAlternate(queue, wanted);
    }
  }

  /** Makes sure that nothing dead-letters to a queue or exchange that is about to be deleted. */
  void release(String destination) {
    for (Queue<?> queue : model.queues()) {
      if (BrokerModel.alternate(queue).filter(destination::equals).isPresent()) {
        BrokerModel.setAlternate(queue, Optional.empty());
      }
    }
  }

  /** Removes what {@link #connectAll} made for a queue that is gone. */
  void forget(String queue) {
    model.exchange(relayName(queue)).ifPresent(Exchange::delete);
  }

  private Optional<String> target(Queue<?> queue) {
    QueueDeclaration declaration = BrokerModel.declaration(queue);
    @Nullable String exchange = declaration.text(EXCHANGE).orElse(null);
    Optional<String> key = declaration.text(KEY);
    if (exchange == null) {
      return Optional.empty();
    }
    if (exchange.isEmpty()) {
      return key.filter(name -> model.queue(name).isPresent());
    }
    if (model.exchange(exchange).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(key.map(k -> relay(queue, exchange, k)).orElse(exchange));
  }

  /**
   * The broker's alternate binding keeps the original key; a relay exchange in between sets ours.
   */
  private String relay(Queue<?> queue, String exchange, String key) {
    String name = relayName(queue.getName());
    Exchange<?> relay =
        model
            .exchange(name)
            .orElseGet(() -> model.createExchange(name, "fanout", queue.isDurable()));
    relay.bind(exchange, "", Map.of("x-replacement-routing-key", key), true);
    return name;
  }

  private static String relayName(String queue) {
    return "serai.dead-letters." + queue;
  }
}
