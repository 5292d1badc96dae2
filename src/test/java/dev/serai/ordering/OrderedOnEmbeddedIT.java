package dev.serai.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.broker.EmbeddedConnections;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedOnEmbeddedIT extends OrderedContract {
  private static final int ROUNDS = 50;
  private static final int WINDOW = 64;

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }

  @Override
  void disconnect() {
    EmbeddedConnections.cut(orders.serai());
  }

  @Test
  void a_full_window_is_back_in_its_place_however_often_its_channel_is_closed() throws Exception {
    String queue = orders.name() + ".closing";
    try (Connection connection = orders.serai().bean(ConnectionFactory.class).newConnection()) {
      Channel first = connection.createChannel();
      first.queueDeclare(queue, true, false, false, Map.of("x-single-active-consumer", true));
      for (int i = 0; i < ROUNDS + WINDOW; i++) {
        first.basicPublish("", queue, null, String.valueOf(i).getBytes(UTF_8));
      }

      for (int round = 0; round < ROUNDS; round++) {
        BlockingQueue<Integer> come = new LinkedBlockingQueue<>();
        Channel channel = connection.createChannel();
        channel.basicQos(WINDOW);
        channel.basicConsume(
            queue,
            false,
            (consumer, message) -> {
              int number = Integer.parseInt(new String(message.getBody(), UTF_8));
              if (come.isEmpty()) {
                channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
              }
              come.add(number);
            },
            consumer -> {});
        await().until(() -> come.size() >= WINDOW);
        channel.close();

        assertThat(come)
            .startsWith(IntStream.range(round, round + WINDOW).boxed().toArray(Integer[]::new));
      }
    }
  }
}
