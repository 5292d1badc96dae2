package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a route may rely on when messages are rejected or expire. */
abstract class DeadLetterQueueRules extends QueueCalls {
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
  void an_expired_message_goes_to_the_dead_letter_queue() throws Exception {
    declare(q, Map.of());
    declare(
        q + ".wait",
        Map.of("x-message-ttl", 300, "x-dead-letter-exchange", "", "x-dead-letter-routing-key", q));

    publish("", q + ".wait", BODY);

    assertThat(taken(q).getBody()).isEqualTo(BODY);
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
}
