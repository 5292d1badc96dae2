package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** Messages of publishers that know no partitions. */
interface ForeignOrdersContract {
  /** Where they come. */
  Orders orders();

  @Test
  default void keeps_the_order_of_publishers_that_know_no_partitions() throws Exception {
    List<String> keys = new CopyOnWriteArrayList<>();
    orders().attempt(exchange -> keys.add(exchange.getVariable("key", String.class)));
    orders().listen("foreign");

    try (Connection connection = orders().serai().bean(ConnectionFactory.class).newConnection()) {
      Channel channel = connection.createChannel();
      for (int i = 0; i < 20; i++) {
        new Order("foreign", i).send(channel, orders().name(), "order.placed");
      }
      orders().awaitHandled(20);
    }

    orders().assertOrder("foreign", 20);
    assertThat(keys).containsOnly("order.placed");
  }

  @Test
  default void parks_what_can_never_be_sent_to_its_partition_and_sends_the_rest() throws Exception {
    orders().listen("foreign");

    try (Connection connection = orders().serai().bean(ConnectionFactory.class).newConnection()) {
      Channel channel = connection.createChannel();
      new Order("foreign", 0).send(channel, orders().name(), "order.placed");
      int frame = connection.getFrameMax();
      channel.basicPublish(
          orders().name(), "order.placed", nearly(frame), new Order("foreign", 1).body());
      new Order("foreign", 2).send(channel, orders().name(), "order.placed");
      orders().awaitHandled(2);
    }

    assertThat(orders().handled()).containsExactly("foreign 0", "foreign 2");
    JsonNode parked = orders().firstParked();
    assertThat(parked.path("payload").path("number").asInt()).isEqualTo(1);
    assertThat(parked.path("reason").asText()).startsWith("never-sent: ");
    assertThat(parked.path("origin").asText()).isEqualTo(orders().queue());
    orders().serai().bean(RabbitAdmin.class).purgeQueue(orders().name() + ".dlq");
  }

  /** Headers that leave a frame with no room for those that Serai adds. */
  private static AMQP.BasicProperties nearly(int frame) {
    return Order.properties().builder().headers(Map.of("large", "x".repeat(frame - 172))).build();
  }
}
