package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import java.util.HashMap;
import java.util.Map;

/**
 * One message on its way to the broker.
 *
 * @param exchange name of the exchange; empty means the default exchange, whose key is a queue's
 *     name
 * @param routingKey at most 255 bytes of UTF-8
 * @param properties sent as they are; the caller has set message id, content type and delivery mode
 * @param body sent as it is
 */
public record OutgoingMessage(
    String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {

  /** The header of a message that the broker may have got before, with the same id and body. */
  public static final String AGAIN = "serai-again";

  /** The same, marked as one that is sent once more. */
  OutgoingMessage again() {
    Map<String, Object> headers = new HashMap<>();
    if (properties.getHeaders() != null) {
      headers.putAll(properties.getHeaders());
    }
    headers.put(AGAIN, true);
    return new OutgoingMessage(
        exchange, routingKey, properties.builder().headers(headers).build(), body);
  }
}
