package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import org.apache.camel.Exchange;
import org.apache.camel.component.springrabbit.SpringRabbitMQHeaderFilterStrategy;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;

/** Makes exchanges of messages that a consumer of another package has got, and messages of them. */
public final class Deliveries {
  private Deliveries() {}

  /**
   * Makes an exchange what it would be behind {@code spring-rabbitmq:}.
   *
   * @param queue that the message counts as delivered from, as files call it
   * @param envelope with the exchange and the key that it was published with
   */
  public static void fill(
      Exchange exchange,
      String queue,
      Envelope envelope,
      AMQP.BasicProperties properties,
      byte[] body) {
    MessageProperties converted =
        new DefaultMessagePropertiesConverter().toMessageProperties(properties, envelope, "UTF-8");
    converted.setConsumerQueue(queue);
    ReceivedHeaders headers = new ReceivedHeaders(QueueNames.SAME);
    headers.setHeaderFilterStrategy(new SpringRabbitMQHeaderFilterStrategy());
    exchange.getMessage().setBody(body);
    exchange.getMessage().setHeaders(headers.fromMessageProperties(converted, exchange));
  }

  /**
   * Makes a message that is sent on as it came, with the {@code serai-} headers of an exchange.
   *
   * @param exchange where it goes; empty means the default exchange
   */
  public static OutgoingMessage again(
      ReceivedMessage received, Exchange of, String exchange, String routingKey) {
    return new OutgoingMessage(
        exchange, routingKey, OutgoingProperties.again(received, of.getMessage()), received.body());
  }
}
