package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A process with a durable embedded broker: declares queues, publishes with confirms, prints how
 * many are confirmed, and waits to be killed.
 */
final class EmbeddedBrokerChild {
  private EmbeddedBrokerChild() {}

  /**
   * Never returns.
   *
   * @param arguments the data folder
   */
  public static void main(String[] arguments) throws Exception {
    EmbeddedBroker broker =
        new EmbeddedBroker(BrokerFolder.lock(Path.of(arguments[0]), true), Duration.ofMillis(100));
    Connection connection = broker.client().newConnection();
    Channel channel = connection.createChannel();
    channel.exchangeDeclare("dlx", "direct", true);
    channel.queueDeclare("parked", true, false, false, Map.of());
    channel.queueBind("parked", "dlx", "parked");
    channel.queueDeclare("by-key", true, false, false, QueueRules.deadLettersTo("dlx", "parked"));
    channel.queueDeclare("by-name", true, false, false, QueueRules.deadLettersTo("", "parked"));
    channel.queueDeclare(
        "work", true, false, false, Map.of("x-max-priority", 10, "x-message-ttl", 86_400_000));
    channel.confirmSelect();
    for (int i = 0; i < 200; i++) {
      AMQP.BasicProperties properties =
          new AMQP.BasicProperties.Builder().deliveryMode(2).priority(i % 11).build();
      channel.basicPublish("", "work", true, properties, String.valueOf(i).getBytes());
    }
    channel.waitForConfirmsOrDie(60_000);
    System.out.println("confirmed 200");
    new CountDownLatch(1).await();
  }
}
