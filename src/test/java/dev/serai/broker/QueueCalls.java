package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Queues of a broker, through the client of RabbitMQ. */
abstract class QueueCalls {
  static final byte[] BODY = "{}".getBytes();
  static final Duration SOON = Duration.ofSeconds(10);

  /** Distinct per test, because the broker is shared. */
  final String q = "q-" + UUID.randomUUID();

  Connection connection;
  Channel channel;

  /** Connects to the broker under test. */
  abstract ConnectionFactory client();

  @BeforeEach
  void connect() throws Exception {
    connection = client().newConnection();
    channel = connection.createChannel();
  }

  @AfterEach
  void disconnect() {
    connection.abort();
  }

  String consume(List<String> received, String name) throws IOException {
    Channel own = name.equals("first") ? channel : connection.createChannel();
    return own.basicConsume(
        q,
        true,
        new DefaultConsumer(own) {
          @Override
          public void handleDelivery(
              String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            received.add(name);
          }
        });
  }

  static Map<String, Object> deadLettersTo(String exchange, String key) {
    return Map.of("x-dead-letter-exchange", exchange, "x-dead-letter-routing-key", key);
  }

  void declare(String name, Map<String, Object> arguments) throws IOException {
    channel.queueDeclare(name, true, false, false, arguments);
  }

  void publish(String exchange, String key, byte[] body) throws IOException {
    channel.basicPublish(
        exchange, key, true, new AMQP.BasicProperties.Builder().deliveryMode(2).build(), body);
  }

  /** Waits for a message and takes it without acknowledging it. */
  GetResponse taken(String queue) {
    return await().atMost(SOON).until(() -> channel.basicGet(queue, false), got -> got != null);
  }

  long depth(String queue) throws IOException {
    return channel.messageCount(queue);
  }

  void awaitDepth(String queue, long expected) {
    await().atMost(SOON).until(() -> depth(queue) == expected);
  }

  boolean exists(String queue) throws Exception {
    try (Channel own = connection.createChannel()) {
      own.queueDeclarePassive(queue);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A declaration. */
  interface Declaration {
    void run() throws IOException;
  }

  void assertRefused(Declaration declaration, String reason) {
    assertThatThrownBy(declaration::run)
        .isInstanceOf(IOException.class)
        .cause()
        .isInstanceOfSatisfying(
            ShutdownSignalException.class,
            signal -> {
              AMQP.Channel.Close close = (AMQP.Channel.Close) signal.getReason();
              assertThat(close.getReplyCode()).isEqualTo(AMQP.PRECONDITION_FAILED);
              assertThat(close.getReplyText()).contains(reason);
            });
    assertThat(channel.isOpen()).isFalse();
  }
}
