import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fills, empties and watches queues. Arguments: the AMQP URL and
 *
 * <ul>
 *   <li>{@code fill EXCHANGE KEY COUNT}: publishes events, confirmed; {@code %d} in the key is a digit that each of the
 *       1,000 users keeps;
 *   <li>{@code purge QUEUE...}: empties queues;
 *   <li>{@code keep-empty QUEUE...}: empties queues ten times a second until it is killed;
 *   <li>{@code drain COUNT QUEUE...}: waits until each queue, which held COUNT messages, is empty and prints how many
 *       messages per second left it between 90 % and 10 % of them: without the start and without the last batch;
 *   <li>{@code drain-all COUNT QUEUE...}: the same of all together.
 * </ul>
 */
public class BenchQueues {
  public static void main(String[] arguments) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(arguments[0]);
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      switch (arguments[1]) {
        case "fill" -> fill(channel, arguments[2], arguments[3], Integer.parseInt(arguments[4]));
        case "purge" -> purge(channel, arguments);
        case "keep-empty" -> {
          while (true) {
            purge(channel, arguments);
            Thread.sleep(100);
          }
        }
        case "drain" -> {
          for (int i = 3; i < arguments.length; i++) {
            drain(channel, List.of(arguments[i]), Integer.parseInt(arguments[2]));
          }
        }
        case "drain-all" ->
            drain(
                channel,
                List.of(arguments).subList(3, arguments.length),
                Integer.parseInt(arguments[2]));
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    }
  }

  private static void purge(Channel channel, String[] arguments) throws IOException {
    for (int i = 2; i < arguments.length; i++) {
      channel.queuePurge(arguments[i]);
    }
  }

  private static void fill(Channel channel, String exchange, String key, int count)
      throws Exception {
    channel.confirmSelect();
    for (int i = 0; i < count; i++) {
      String json =
          "{\"user_id\":%d,\"product_id\":%d,\"event_type\":\"view\",\"user_session\":\"bench\",\"event_id\":\"bench-%d-%d\",\"event_time\":\"2026-01-01T00:00:00Z\"}"
              .formatted(i % 1000 + 1, i % 97 + 1, System.nanoTime(), i);
      AMQP.BasicProperties properties =
          new AMQP.BasicProperties.Builder()
              .contentType("application/json")
              .messageId("bench-" + System.nanoTime() + "-" + i)
              .deliveryMode(2)
              .priority(0)
              .build();
      channel.basicPublish(
          exchange, key.formatted(i % 1000 % 10), properties, json.getBytes(StandardCharsets.UTF_8));
      if (i % 1000 == 999) {
        channel.waitForConfirmsOrDie(60_000);
      }
    }
    channel.waitForConfirmsOrDie(60_000);
  }

  private static void drain(Channel channel, List<String> queues, int count) throws Exception {
    long first = 0;
    long firstDepth = 0;
    while (true) {
      long depth = 0; // those that no consumer holds
      for (String queue : queues) {
        depth += channel.messageCount(queue);
      }
      long now = System.nanoTime();
      if (first == 0 && depth <= count * 0.9) {
        first = now;
        firstDepth = depth;
      }
      if (first != 0 && depth <= count * 0.1) {
        System.out.printf("%s %.0f/s%n", queues.get(0), (firstDepth - depth) / ((now - first) / 1e9));
        return;
      }
      Thread.sleep(20);
    }
  }
}
