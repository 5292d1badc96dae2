package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a route may rely on, whichever broker it runs on. */
abstract class QueueRules extends DeadLetterQueueRules {
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
}
