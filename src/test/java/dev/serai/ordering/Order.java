package dev.serai.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.serai.broker.OutgoingMessage;
import java.io.IOException;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * A message for pack {@code order} of the tests.
 *
 * @param customer its key
 * @param number its place among those of its key, from 0
 */
record Order(String customer, int number) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one that a route has got. */
  static Order of(Exchange exchange) throws IOException {
    JsonNode order = JSON.readTree(exchange.getMessage().getBody(byte[].class));
    return new Order(order.path("customer").asText(), order.path("number").asInt());
  }

  /** Those of a message that nobody has sent yet. */
  static AMQP.BasicProperties properties() {
    return new AMQP.BasicProperties.Builder()
        .messageId(UUID.randomUUID().toString())
        .contentType("application/json")
        .deliveryMode(2)
        .build();
  }

  byte[] body() {
    return "{\"customer\":\"%s\",\"number\":%d}".formatted(customer, number).getBytes(UTF_8);
  }

  /** As the publisher takes it. */
  OutgoingMessage to(String exchange, String routingKey) {
    return new OutgoingMessage(exchange, routingKey, properties(), body());
  }

  /** As other programs send it. */
  void send(Channel channel, String exchange, String routingKey) throws IOException {
    channel.basicPublish(exchange, routingKey, properties(), body());
  }

  @Override
  public String toString() {
    return customer + " " + number;
  }
}
