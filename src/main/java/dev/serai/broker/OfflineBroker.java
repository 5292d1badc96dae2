package dev.serai.broker;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.springframework.amqp.core.Message;

/**
 * The component {@code spring-rabbitmq} without a broker: our own engine, where what routes publish
 * goes to a {@link Publisher} of the caller, and queues deliver what the caller hands over.
 */
public final class OfflineBroker {
  private final Map<String, Waiting> consumers = new ConcurrentHashMap<>();
  private final Offline component;

  /**
   * Nothing is opened.
   *
   * @param publisher takes what routes publish
   * @param meters of the consumers
   */
  public OfflineBroker(Publisher publisher, MeterRegistry meters) {
    component = new Offline(publisher, meters);
  }

  /** To be put under the scheme {@code spring-rabbitmq}. */
  public Component component() {
    return component;
  }

  /**
   * Delivers messages to the route that consumes a queue, as one exchange where it takes batches,
   * and waits until the last has ended.
   *
   * @param messages with the queue, the exchange and the routing key in their properties
   * @return the exchanges, ended; one with an exception would have come back to its queue. Empty
   *     when no route consumes the queue
   */
  public Optional<List<Exchange>> deliver(String queue, List<Message> messages) {
    return Optional.ofNullable(consumers.get(queue)).map(consumer -> consumer.take(messages));
  }

  /** Makes an exchange what it is after the message was received, for a route behind a consumer. */
  public static void receive(Message message, Exchange exchange) {
    exchange.getMessage().setBody(message.getBody());
    Map<String, Object> headers =
        new ReceivedHeaders(QueueNames.SAME)
            .fromMessageProperties(message.getMessageProperties(), exchange);
    exchange.getMessage().setHeaders(headers);
  }

  private final class Offline extends ConfirmedComponent {
    Offline(Publisher publisher, MeterRegistry meters) {
      super(
          publisher,
          new ConsumerMeters(meters),
          new BrokerSettings.Consuming(1, false),
          QueueNames.SAME,
          new MovingQueues());
    }

    @Override
    Consumer createConsumer(ConfirmedEndpoint endpoint, Processor processor) {
      return new Waiting(endpoint, processor);
    }
  }

  private final class Waiting extends DefaultConsumer {
    private final ConfirmedEndpoint endpoint;

    Waiting(ConfirmedEndpoint endpoint, Processor processor) {
      super(endpoint, processor);
      this.endpoint = endpoint;
      Arrays.stream(endpoint.getQueues().split(","))
          .forEach(queue -> consumers.put(queue.strip(), this));
    }

    List<Exchange> take(List<Message> messages) {
      if (endpoint.options().batchSize() <= 1) {
        return messages.stream().map(this::one).map(this::run).toList();
      }
      Exchange batch = createExchange(false);
      batch.getMessage().setBody(BatchParts.of(messages, batch, endpoint));
      return List.of(run(batch));
    }

    private Exchange one(Message message) {
      Exchange exchange = createExchange(false);
      receive(message, exchange);
      return exchange;
    }

    private Exchange run(Exchange exchange) {
      try {
        getProcessor().process(exchange);
      } catch (Exception e) {
        exchange.setException(e);
      }
      return exchange;
    }
  }
}
