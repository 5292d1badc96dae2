package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message as the broker delivered it, so that a policy can send it on untouched.
 *
 * @param queue that it was delivered from, as files call it
 * @param exchange that it was published to
 * @param routingKey that it was published with
 * @param properties as they came, {@code serai-} headers included
 * @param body as it came
 * @param receivedAt when it was delivered
 */
public record ReceivedMessage(
    String queue,
    String exchange,
    String routingKey,
    AMQP.BasicProperties properties,
    byte[] body,
    Instant receivedAt) {
  /** The property of an exchange that holds it. */
  public static final String PROPERTY = "serai.received";

  /** The header that holds it on the messages of a batch; never sent. */
  public static final String HEADER = "CamelSeraiReceived";

  /** The header that keeps the routing key of a message which waits or is parked. */
  public static final String ROUTING_KEY = "serai-routing-key";

  /** The routing key with which it was published, also when it came back from a wait queue. */
  public String publishedKey() {
    Object kept = properties.getHeaders() == null ? null : properties.getHeaders().get(ROUTING_KEY);
    return kept == null ? routingKey : kept.toString();
  }

  /** The delivered message that an exchange is about; null when it did not come from the broker. */
  public static @Nullable ReceivedMessage of(Exchange exchange) {
    Message message = exchange.getMessage();
    ReceivedMessage part = message.getHeader(HEADER, ReceivedMessage.class);
    return part != null ? part : exchange.getProperty(PROPERTY, ReceivedMessage.class);
  }
}
