package dev.serai.ordering;

import com.rabbitmq.client.AMQP;
import java.util.Map;

/**
 * A message as its publisher sends it or its queue delivers it; what a key is read from.
 *
 * @param exchange that it is published to
 * @param routingKey that it is published with
 */
record Letter(String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {

  Map<String, Object> headers() {
    return properties.getHeaders() == null ? Map.of() : properties.getHeaders();
  }
}
