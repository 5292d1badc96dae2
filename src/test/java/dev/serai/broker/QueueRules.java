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
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a route may rely on, whichever broker it runs on. */
abstract class QueueRules {
  static final byte[] BODY = "{}".getBytes();
  private static final Duration SOON = Duration.ofSeconds(10);

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

  @Test
  void a_rejected_message_goes_to_the_dead_letter_queue() throws Exception {
    declare(q + ".dead", Map.of());
    declare(q, deadLettersTo("", q + ".dead"));
    publish("", q, BODY);
    publish("", q, BODY);

    channel.basicReject(taken(q).getEnvelope().getDeliveryTag(), false);
    channel.basicNack(taken(q).getEnvelope().getDeliveryTag(), false, false);

    awaitDepth(q + ".dead", 2);
    assertThat(depth(q)).isZero();
  }

  @Test
  void a_rejected_message_is_gone_when_no_dead_letter_queue_is_named() throws Exception {
    declare(q, Map.of());
    publish("", q, BODY);

    channel.basicReject(taken(q).getEnvelope().getDeliveryTag(), false);
    publish("", q, "next".getBytes());

    assertThat(taken(q).getBody()).isEqualTo("next".getBytes());
  }

  @Test
  void a_requeued_message_comes_back_as_often_as_it_is_requeued() throws Exception {
    declare(q + ".dead", Map.of());
    declare(q, deadLettersTo("", q + ".dead"));
    publish("", q, BODY);

    for (int i = 0; i < 12; i++) {
      channel.basicNack(taken(q).getEnvelope().getDeliveryTag(), false, true);
    }

    assertThat(taken(q).getBody()).isEqualTo(BODY);
    assertThat(depth(q + ".dead")).isZero();
  }

  @Test
  void an_expired_message_goes_to_the_dead_letter_queue() throws Exception {
    declare(q, Map.of());
    declare(
        q + ".wait",
        Map.of("x-message-ttl", 300, "x-dead-letter-exchange", "", "x-dead-letter-routing-key", q));

    publish("", q + ".wait", BODY);

    assertThat(taken(q).getBody()).isEqualTo(BODY);
  }

  @Test
  void a_queue_that_does_not_say_its_type_is_a_classic_one() throws Exception {
    declare(q, Map.of());
    declare(q, Map.of("x-queue-type", "classic"));
    declare(q + ".said", Map.of("x-queue-type", "classic"));
    declare(q + ".said", Map.of());

    assertRefused(
        () -> declare(q, Map.of("x-queue-type", "quorum")),
        "inequivalent arg 'x-queue-type' for queue '" + q + "' in vhost '/': received");
  }

  @Test
  void the_dead_letter_queue_may_be_declared_after_the_queue() throws Exception {
    declare(q, deadLettersTo("", q + ".dead"));
    declare(q + ".dead", Map.of());
    publish("", q, BODY);

    channel.basicReject(taken(q).getEnvelope().getDeliveryTag(), false);

    assertThat(taken(q + ".dead").getBody()).isEqualTo(BODY);
  }

  @Test
  void dead_letters_are_dropped_while_their_target_is_missing() throws Exception {
    declare(q, deadLettersTo("", q + ".dead"));
    publish("", q, BODY);

    channel.basicReject(taken(q).getEnvelope().getDeliveryTag(), false);
    assertThat(channel.basicGet(q, false)).isNull(); // also: the broker has read the reject
    declare(q + ".dead", Map.of());
    publish("", q, "next".getBytes());
    channel.basicReject(taken(q).getEnvelope().getDeliveryTag(), false);

    assertThat(taken(q + ".dead").getBody()).isEqualTo("next".getBytes());
    assertThat(channel.basicGet(q + ".dead", false)).isNull();
  }

  @Test
  void dead_letters_keep_their_routing_key_when_the_exchange_is_named_alone() throws Exception {
    channel.exchangeDeclare(q + ".in", "topic", true);
    channel.exchangeDeclare(q + ".dlx", "topic", true);
    declare(q, Map.of("x-dead-letter-exchange", q + ".dlx"));
    declare(q + ".users", Map.of());
    declare(q + ".others", Map.of());
    channel.queueBind(q, q + ".in", "#");
    channel.queueBind(q + ".users", q + ".dlx", "user.*");
    channel.queueBind(q + ".others", q + ".dlx", "order.*");
    publish(q + ".in", "user.created", BODY);

    channel.basicReject(taken(q).getEnvelope().getDeliveryTag(), false);

    assertThat(taken(q + ".users").getEnvelope().getRoutingKey()).isEqualTo("user.created");
    assertThat(depth(q + ".others")).isZero();
  }

  @Test
  void dead_letters_are_routed_by_the_key_that_is_named() throws Exception {
    channel.exchangeDeclare(q + ".dlx", "direct", true);
    declare(q, deadLettersTo(q + ".dlx", "parked"));
    declare(q + ".one", Map.of());
    declare(q + ".two", Map.of());
    declare(q + ".other", Map.of());
    channel.queueBind(q + ".one", q + ".dlx", "parked");
    channel.queueBind(q + ".two", q + ".dlx", "parked");
    channel.queueBind(q + ".other", q + ".dlx", q);
    publish("", q, BODY);

    channel.basicReject(taken(q).getEnvelope().getDeliveryTag(), false);

    awaitDepth(q + ".one", 1);
    awaitDepth(q + ".two", 1);
    assertThat(depth(q + ".other")).isZero();
  }

  @Test
  void a_dead_letter_queue_can_be_deleted_and_declared_again() throws Exception {
    declare(q + ".dead", Map.of());
    declare(q, deadLettersTo("", q + ".dead"));

    channel.queueDelete(q + ".dead");
    declare(q + ".dead", Map.of());
    publish("", q, BODY);
    channel.basicReject(taken(q).getEnvelope().getDeliveryTag(), false);

    assertThat(taken(q + ".dead").getBody()).isEqualTo(BODY);
  }

  @Test
  void a_dead_letter_exchange_can_be_deleted_and_declared_again() throws Exception {
    channel.exchangeDeclare(q + ".dlx", "fanout", true);
    declare(q + ".dead", Map.of());
    declare(q, Map.of("x-dead-letter-exchange", q + ".dlx"));
    declare(q + ".keyed", deadLettersTo(q + ".dlx", "parked"));

    channel.exchangeDelete(q + ".dlx");
    channel.exchangeDeclare(q + ".dlx", "fanout", true);
    channel.queueBind(q + ".dead", q + ".dlx", "");
    publish("", q, BODY);
    publish("", q + ".keyed", BODY);
    channel.basicReject(taken(q).getEnvelope().getDeliveryTag(), false);
    channel.basicReject(taken(q + ".keyed").getEnvelope().getDeliveryTag(), false);

    awaitDepth(q + ".dead", 2);
  }

  @Test
  void to_delete_what_is_not_there_is_a_success() throws Exception {
    assertThat(channel.queueDelete(q).getMessageCount()).isZero();
    channel.exchangeDelete(q);

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void the_same_declaration_again_changes_nothing() throws Exception {
    Map<String, Object> arguments =
        Map.of("x-message-ttl", 60_000, "x-max-priority", 10, "x-max-length", 100L);
    declare(q, arguments);
    publish("", q, BODY);

    declare(q, arguments);

    assertThat(depth(q)).isOne();
  }

  @Test
  void another_declaration_is_refused_and_says_queue_argument_and_both_values() throws Exception {
    declare(q, Map.of("x-message-ttl", 60_000));

    assertRefused(
        () -> declare(q, Map.of("x-message-ttl", 5_000)),
        "PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue '"
            + q
            + "' in vhost '/': received '5000' but current is '60000'");
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void a_declaration_without_an_argument_that_the_queue_has_is_refused() throws Exception {
    declare(q, Map.of("x-max-length", 10));

    assertRefused(
        () -> declare(q, Map.of()),
        "inequivalent arg 'x-max-length' for queue '" + q + "' in vhost '/': received none but");
  }

  @Test
  void a_declaration_that_differs_in_durability_is_refused() throws Exception {
    declare(q, Map.of());

    assertRefused(
        () -> channel.queueDeclare(q, false, false, false, Map.of()),
        "inequivalent arg 'durable' for queue '"
            + q
            + "' in vhost '/': received 'false' but current is 'true'");
  }

  @Test
  void another_type_of_exchange_is_refused_on_the_channel() throws Exception {
    channel.exchangeDeclare(q, "fanout", true);

    assertRefused(
        () -> channel.exchangeDeclare(q, "topic", true),
        "inequivalent arg 'type' for exchange '"
            + q
            + "' in vhost '/': received 'topic' but current is 'fanout'");
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void an_unroutable_message_is_returned() throws Exception {
    List<Integer> returned = new CopyOnWriteArrayList<>();
    channel.addReturnListener(message -> returned.add(message.getReplyCode()));
    channel.exchangeDeclare(q, "topic", true);

    publish(q, "nobody.listens", BODY);

    await().atMost(SOON).until(() -> returned.equals(List.of(AMQP.NO_ROUTE)));
  }

  @Test
  void a_full_queue_that_rejects_does_not_confirm() throws Exception {
    declare(q, Map.of("x-max-length", 2, "x-overflow", "reject-publish"));
    channel.confirmSelect();
    publish("", q, BODY);
    publish("", q, BODY);
    assertThat(channel.waitForConfirms(SOON.toMillis())).isTrue();

    publish("", q, BODY);

    assertThat(channel.waitForConfirms(SOON.toMillis())).isFalse();
    assertThat(depth(q)).isEqualTo(2);
  }

  @Test
  void a_higher_priority_is_delivered_first_on_all_eleven_levels() throws Exception {
    declare(q, Map.of("x-max-priority", 10));
    for (int priority : List.of(5, 10, 0, 9, 1, 8, 4, 3, 7, 2, 6)) {
      AMQP.BasicProperties properties =
          new AMQP.BasicProperties.Builder().deliveryMode(2).priority(priority).build();
      channel.basicPublish("", q, true, properties, new byte[] {(byte) priority});
    }
    awaitDepth(q, 11);

    for (int expected = 10; expected >= 0; expected--) {
      assertThat(taken(q).getBody()).containsExactly(expected);
    }
  }

  @Test
  void few_priorities_keep_their_order_too() throws Exception {
    declare(q, Map.of("x-max-priority", 2));
    for (int priority : List.of(0, 1, 2)) {
      AMQP.BasicProperties properties =
          new AMQP.BasicProperties.Builder().priority(priority).build();
      channel.basicPublish("", q, true, properties, new byte[] {(byte) priority});
    }
    awaitDepth(q, 3);

    for (int expected = 2; expected >= 0; expected--) {
      assertThat(taken(q).getBody()).containsExactly(expected);
    }
  }

  @Test
  void one_consumer_at_a_time_gets_messages_of_a_single_active_consumer_queue() throws Exception {
    declare(q, Map.of("x-single-active-consumer", true));
    List<String> received = new CopyOnWriteArrayList<>();
    String first = consume(received, "first");
    consume(received, "second");
    publish("", q, BODY);
    publish("", q, BODY);
    await().atMost(SOON).until(() -> received.equals(List.of("first", "first")));

    channel.basicCancel(first);
    publish("", q, BODY);

    await().atMost(SOON).until(() -> received.equals(List.of("first", "first", "second")));
  }

  @Test
  void messages_that_a_consumer_holds_are_not_counted() throws Exception {
    declare(q, Map.of());
    publish("", q, BODY);
    publish("", q, BODY);
    awaitDepth(q, 2);

    taken(q);

    assertThat(depth(q)).isOne();
    assertThat(channel.queueDeclarePassive(q).getMessageCount()).isOne();
  }

  @Test
  void a_quorum_queue_with_a_delivery_limit_is_accepted() throws Exception {
    declare(q, Map.of("x-queue-type", "quorum", "x-delivery-limit", 5));

    publish("", q, BODY);

    assertThat(taken(q).getBody()).isEqualTo(BODY);
  }

  @Test
  void an_exclusive_queue_goes_with_its_connection() throws Exception {
    channel.queueDeclare(q, true, true, false, Map.of());

    connection.close();
    connect();

    await().atMost(SOON).until(() -> !exists(q));
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
