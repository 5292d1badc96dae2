package dev.serai.ordering;

import com.rabbitmq.client.AMQP;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * A message as its publisher sends it or its queue delivers it; what a key is read from.
 *
 * @param exchange that it is published to
 * @param routingKey that it is published with
 */
record Letter(String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {

  /**
   * Whether it has the id and the body of another; who gives several one id must not mix them up.
   */
  boolean isCopyOf(Letter other) {
    return Objects.equals(properties.getMessageId(), other.properties.getMessageId())
        && Arrays.equals(body, other.body);
  }

  Map<String, Object> headers() {
    return properties.getHeaders() == null ? Map.of() : properties.getHeaders();
  }
}
