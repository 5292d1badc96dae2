package dev.serai.ordering;

import com.rabbitmq.client.AMQP;
import java.io.IOException;

/**
 * A message that waits in a window.
 *
 * @param exchange that it was published to
 * @param routingKey that it was published with
 * @param body which may be in a file
 */
record Parcel(
    String exchange, String routingKey, AMQP.BasicProperties properties, Bodies.Body body) {

  /**
   * The message as its queue has delivered it.
   *
   * @throws IOException its body cannot be read
   */
  Letter open() throws IOException {
    return new Letter(exchange, routingKey, properties, body.bytes());
  }
}
