package dev.serai.ordering;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.broker.Traced;
import dev.serai.broker.UnsendableException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Makes the intakes of queues with partitions, and is what they share. */
@Component
class Intakes {
  private static final String REPLAYS = "serai-replays";

  private final ConnectionFactory broker;
  private final Publisher publisher;
  private final IntakeMessages messages;
  private final ApplicationEventPublisher events;

  Intakes(
      ConnectionFactory broker,
      Publisher publisher,
      IntakeMessages messages,
      ApplicationEventPublisher events) {
    this.broker = broker;
    this.publisher = publisher;
    this.messages = messages;
    this.events = events;
  }

  Intake of(Partitioned queue, Executor thread) {
    return new Intake(queue, this, thread);
  }

  ConnectionFactory broker() {
    return broker;
  }

  IntakeMessages messages() {
    return messages;
  }

  /** One was sent on. What is replayed was seen already when it came here. */
  void tell(Letter letter, AMQP.BasicProperties properties) {
    if (!properties.getHeaders().containsKey(REPLAYS)) {
      OutgoingMessage came =
          new OutgoingMessage(letter.exchange(), letter.routingKey(), properties, letter.body());
      events.publishEvent(new Traced(came));
    }
  }

  /**
   * Publishes to a parking queue.
   *
   * @return whether it is there; if not, this message never will be
   * @throws IOException another time, it may be
   */
  boolean isParked(OutgoingMessage message) throws IOException, InterruptedException {
    try {
      publisher.publish(message).get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnsendableException) {
        return false;
      }
      throw new IOException(e.getCause());
    }
  }
}
