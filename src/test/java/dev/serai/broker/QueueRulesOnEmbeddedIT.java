package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link QueueRules} on the embedded broker, and where it differs from RabbitMQ on purpose. */
class QueueRulesOnEmbeddedIT extends QueueRules {
  @RegisterExtension private static final EmbeddedPerClass BROKER = new EmbeddedPerClass(false);

  @Override
  ConnectionFactory client() {
    return BROKER.client();
  }

  @Test
  void a_full_queue_that_dead_letters_refuses_the_next_message_and_keeps_the_oldest()
      throws Exception {
    List<Integer> returned = new CopyOnWriteArrayList<>();
    channel.addReturnListener(message -> returned.add(message.getReplyCode()));
    declare(q, Map.of("x-max-length", 2, "x-dead-letter-exchange", "amq.fanout"));
    channel.confirmSelect();
    publish("", q, "oldest".getBytes());
    publish("", q, BODY);

    publish("", q, "newest".getBytes());

    assertThat(channel.waitForConfirms(10_000)).isFalse();
    await().until(() -> returned.equals(List.of(506)));
    assertThat(taken(q).getBody()).isEqualTo("oldest".getBytes());
  }

  @Test
  void a_full_priority_queue_refuses_too() throws Exception {
    declare(q, Map.of("x-max-length", 1, "x-max-priority", 10));
    channel.confirmSelect();
    publish("", q, BODY);

    publish("", q, BODY);

    assertThat(channel.waitForConfirms(10_000)).isFalse();
  }

  @Test
  void a_fanout_to_a_queue_that_refuses_and_another_reaches_neither() throws Exception {
    channel.exchangeDeclare(q + ".x", "fanout", true);
    declare(q, Map.of("x-max-length", 1, "x-dead-letter-exchange", "amq.fanout"));
    declare(q + ".other", Map.of());
    channel.queueBind(q, q + ".x", "");
    channel.queueBind(q + ".other", q + ".x", "");
    channel.confirmSelect();
    publish(q + ".x", "", BODY);

    publish(q + ".x", "", BODY);

    assertThat(channel.waitForConfirms(10_000)).isFalse();
    assertThat(depth(q + ".other")).isOne();
  }

  @Test
  void bytes_are_counted_with_those_of_the_headers() throws Exception {
    declare(q, Map.of("x-max-length-bytes", 50, "x-overflow", "reject-publish"));
    channel.confirmSelect();

    publish("", q, new byte[50]);

    assertThat(channel.waitForConfirms(10_000)).isFalse();
  }

  @Test
  void an_unroutable_message_is_refused_and_returned() throws Exception {
    List<Integer> returned = new CopyOnWriteArrayList<>();
    channel.addReturnListener(message -> returned.add(message.getReplyCode()));
    channel.confirmSelect();

    publish("", q, BODY);

    assertThat(channel.waitForConfirms(10_000)).isFalse();
    await().until(() -> returned.equals(List.of(AMQP.NO_ROUTE)));
  }

  @Test
  void a_message_with_an_expiration_of_its_own_is_refused() throws Exception {
    declare(q, Map.of());
    AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder().expiration("1000").build();

    assertThatThrownBy(() -> channel.basicPublish("", q, true, properties, BODY))
        .hasMessageStartingWith("message-expiration: ");
  }

  @ParameterizedTest
  @CsvSource({
    "x-queue-type,           stream,             classic and quorum",
    "x-overflow,             reject-publish-dlx, write reject-publish",
    "x-expires,              1000,               does not have it",
    "x-message-ttl,          0,                  write a number from 1",
    "x-max-length,           many,               write a number from 1",
    "x-something,            new,                does not have it",
    "x-dead-letter-exchange, '',                 there is no x-dead-letter-routing-key"
  })
  void what_it_cannot_do_is_refused(String name, String value, String reason) {
    Object argument = value.matches("[0-9]+") ? (Object) Integer.valueOf(value) : value;

    assertRefused(() -> declare(q, Map.of(name, argument)), reason);
  }

  @Test
  void a_queue_and_an_exchange_of_one_name_are_refused() throws Exception {
    channel.exchangeDeclare(q, "fanout", true);

    assertRefused(() -> declare(q, Map.of()), "a queue and an exchange of one name");
  }

  @Test
  void a_queue_that_dead_letters_to_itself_is_refused() {
    assertRefused(() -> declare(q, deadLettersTo("", q)), "dead-letters to itself");
  }

  @Test
  void a_dead_letter_queue_that_would_vanish_is_refused_in_either_order() throws Exception {
    channel.queueDeclare(q + ".gone", true, false, true, Map.of());
    declare(q, deadLettersTo("", q + ".dead"));

    assertRefused(
        () -> channel.queueDeclare(q + ".dead", false, false, false, Map.of()), "permanent");
    connect();
    assertRefused(() -> declare(q + ".2", deadLettersTo("", q + ".gone")), "permanent");
  }

  @Test
  void an_unknown_type_of_exchange_is_refused_on_the_channel() {
    assertRefused(() -> channel.exchangeDeclare(q, "x-delayed-message", true), "invalid type");
  }

  @Test
  void an_exchange_leads_to_another_and_what_that_one_does_not_want_to_its_alternate()
      throws Exception {
    channel.exchangeDeclare(q, "topic", true);
    channel.exchangeDeclare(q + ".rest", "fanout", true);
    channel.exchangeDeclare(
        q + ".door", "headers", true, false, Map.of("alternate-exchange", q + ".rest"));
    channel.exchangeDeclare(
        q + ".door", "headers", true, false, Map.of("alternate-exchange", q + ".rest"));
    declare(q + ".one", Map.of());
    declare(q + ".others", Map.of());
    channel.exchangeBind(q + ".door", q, "order.#");
    channel.exchangeBind(q + ".door", q, "order.#");
    channel.queueBind(q + ".one", q + ".door", "", Map.of("x-match", "all", "part", "1"));
    channel.queueBind(q + ".others", q + ".rest", "");

    publish("order.made", Map.of("part", "1"));
    publish("order.made", Map.of("part", "2"));
    publish("order.made", Map.of());
    publish("user.made", Map.of("part", "1"));

    assertThat(channel.messageCount(q + ".one")).isEqualTo(1);
    assertThat(channel.messageCount(q + ".others")).isEqualTo(2);
    channel.exchangeUnbind(q + ".door", q, "order.#");
    publish("order.made", Map.of("part", "1"));
    assertThat(channel.messageCount(q + ".one")).isEqualTo(1);
  }

  @Test
  void an_exchange_that_is_not_there_is_not_bound() throws Exception {
    assertRefused(() -> channel.exchangeBind(q + ".none", "amq.topic", "#"), "no exchange");
  }

  private void publish(String key, Map<String, Object> headers) throws Exception {
    channel.confirmSelect();
    channel.basicPublish(
        q, key, new AMQP.BasicProperties.Builder().headers(headers).build(), new byte[0]);
    channel.waitForConfirms(10_000);
  }
}
