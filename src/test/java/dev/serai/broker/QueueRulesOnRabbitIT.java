package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.TestBrokers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** {@link QueueRules} on RabbitMQ, and what only RabbitMQ does. */
class QueueRulesOnRabbitIT extends QueueRules {

  @Override
  ConnectionFactory client() {
    return TestBrokers.rabbitmq().client();
  }

  @Test
  void a_full_queue_dead_letters_the_oldest_message() throws Exception {
    declare(q + ".dead", Map.of());
    declare(
        q,
        Map.of(
            "x-max-length",
            2,
            "x-dead-letter-exchange",
            "",
            "x-dead-letter-routing-key",
            q + ".dead"));
    publish("", q, "oldest".getBytes());
    publish("", q, BODY);

    publish("", q, "newest".getBytes());

    assertThat(taken(q + ".dead").getBody()).isEqualTo("oldest".getBytes());
    awaitDepth(q, 2);
  }

  @Test
  void an_unroutable_message_is_returned_and_confirmed() throws Exception {
    List<Integer> returned = new CopyOnWriteArrayList<>();
    channel.addReturnListener(message -> returned.add(message.getReplyCode()));
    channel.confirmSelect();

    publish("", q, BODY);

    assertThat(channel.waitForConfirms(10_000)).isTrue();
    await().until(() -> returned.equals(List.of(312)));
  }
}
