package dev.serai.ordering;

import dev.serai.broker.MessageIds;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.ReceivedMessage;
import dev.serai.delivery.Untried;
import dev.serai.topology.Topologies;
import dev.serai.topology.Topologies.ExchangeSpec;
import dev.serai.topology.Topologies.Partitions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes what an intake sends of what it gets. Thread-safe. */
@Component
class IntakeMessages {
  private static final String OURS = "serai-";
  private static final int PERSISTENT = 2;

  private final Topologies topologies;
  private final Untried untried;

  IntakeMessages(Topologies topologies, Untried untried) {
    this.topologies = topologies;
    this.untried = untried;
  }

  /**
   * The message for its partition, with what it was published with. It gets an id if it has none:
   * by that it is known again. RabbitMQ would refuse the name of a user who is not we.
   */
  OutgoingMessage sentOn(Partitioned queue, Letter letter) {
    Map<String, Object> headers = new HashMap<>(letter.headers());
    if (isOpen(letter.exchange())) {
      headers.keySet().removeIf(name -> name.startsWith(OURS)); // whoever publishes there
    }
    if (!letter.exchange().isEmpty()) {
      headers.put(Intake.EXCHANGE, letter.exchange());
      headers.put(Intake.ROUTING_KEY, letter.routingKey());
    }
    String id = Objects.requireNonNullElseGet(letter.properties().getMessageId(), MessageIds::next);
    boolean hashed = queue.partitions().hashedByBroker();
    if (hashed) {
      headers.putAll(queue.marks(letter));
    }
    return new OutgoingMessage(
        hashed ? Partitions.hash(queue.queue()) : "",
        hashed ? letter.routingKey() : Partitions.name(queue.queue(), queue.number(letter)),
        letter
            .properties()
            .builder()
            .headers(headers)
            .messageId(id)
            .userId(null)
            .deliveryMode(PERSISTENT)
            .build(),
        letter.body());
  }

  private boolean isOpen(String exchange) {
    ExchangeSpec spec = topologies.exchanges().get(exchange);
    return !exchange.isEmpty() && (spec == null || spec.open());
  }

  /**
   * The message for the parking queue.
   *
   * @param bare without its headers
   * @return empty when there is no such queue
   */
  Optional<OutgoingMessage> parked(
      Partitioned queue, Letter letter, NeverSentException why, boolean bare) {
    return untried.parked(
        new ReceivedMessage(
            queue.queue(),
            letter.exchange(),
            letter.routingKey(),
            letter.properties(),
            letter.body(),
            Instant.now()),
        why,
        bare);
  }
}
