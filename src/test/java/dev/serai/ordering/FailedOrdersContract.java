package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of messages that fail, and of their keys. */
interface FailedOrdersContract {
  /** Who tries them. */
  Orders orders();

  @Test
  default void a_failed_message_holds_up_its_key_and_no_other_until_it_is_done() {
    AtomicInteger attempts = new AtomicInteger();
    orders()
        .attempt(
            exchange -> {
              if (Order.of(exchange).equals(new Order("bad", 0))
                  && attempts.incrementAndGet() <= 2) {
                throw new IllegalStateException("not yet");
              }
            });

    orders().publish("bad", 0).join();
    orders().publish("bad", 1).join();
    String same = samePartition("bad");
    orders().publish(same, 0).join();

    orders().awaitHandled(3);
    assertThat(orders().handled()).containsExactly(same + " 0", "bad 0", "bad 1");
    assertThat(attempts).hasValue(3);
    assertThat(orders().parked()).isZero();
  }

  @Test
  default void what_fails_for_good_is_parked_then_the_key_goes_on_and_a_replay_comes_back()
      throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    orders()
        .attempt(
            exchange -> {
              if (Order.of(exchange).equals(new Order("bad", 0))
                  && attempts.incrementAndGet() <= 3) {
                throw new IllegalStateException("never");
              }
            });

    orders().publish("bad", 0).join();
    orders().publish("bad", 1).join();

    orders().awaitHandled(1);
    assertThat(orders().handled()).containsExactly("bad 1");
    await().until(() -> orders().parked() == 1);
    JsonNode parked = orders().firstParked();
    assertThat(parked.path("origin").asText()).isEqualTo(orders().queue());
    assertThat(parked.path("attempts").asInt()).isEqualTo(3);
    orders().replay();
    orders().awaitHandled(2);
    assertThat(orders().handled()).containsExactly("bad 1", "bad 0");
  }

  @Test
  default void a_key_is_held_back_behind_its_parked_message_until_all_are_replayed()
      throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    orders()
        .attempt(
            exchange -> {
              if (Order.of(exchange).equals(new Order("kept", 0))
                  && attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
              }
            });

    for (int i = 0; i < 3; i++) {
      orders().publish("held.placed", "kept", i).join();
    }
    orders().publish("held.placed", "free", 0).join();

    await().until(() -> orders().parked() == 3);
    orders().awaitHandled(1);
    assertThat(orders().handled()).containsExactly("free 0");
    assertThat(orders().serai().bean(Holds.class).list().items())
        .containsExactly(new Holds.HeldKey(orders().name() + ".held", "kept", 3));
    orders().replay();
    orders().awaitHandled(4);
    orders().assertOrder("kept", 3);
    await().until(() -> orders().serai().bean(Holds.class).list().items().isEmpty());
    orders().publish("held.placed", "kept", 3).join();
    orders().awaitHandled(5);
    orders().assertOrder("kept", 4);
  }

  @Test
  default void knows_what_became_of_each_attempt() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    orders()
        .attempt(
            exchange -> {
              if (attempts.incrementAndGet() <= 3) {
                throw new IllegalStateException("never");
              }
            });
    AMQP.BasicProperties linked =
        Order.properties()
            .builder()
            .headers(Map.of("correlationid", orders().name() + "-chain"))
            .build();
    orders().listen("traced");

    orders()
        .serai()
        .bean(Publisher.class)
        .publish(
            new OutgoingMessage(
                orders().name(), "order.placed", linked, new Order("traced", 0).body()))
        .join();
    await().until(() -> orders().parked() == 1);
    orders().replay();
    orders().awaitHandled(1);

    await()
        .untilAsserted(
            () ->
                assertThat(
                        new ObjectMapper()
                            .readTree(
                                orders().serai().get("/trace/" + linked.getMessageId()).body())
                            .at("/events/0/steps"))
                    .extracting(step -> step.path("what").asText())
                    .containsExactly("published", "retried", "retried", "parked", "replayed"));
  }

  /** Another key whose messages are in the same partition. */
  private static String samePartition(String key) {
    int partition = Integer.remainderUnsigned(Murmur3.hash(key), 4);
    return IntStream.range(0, 1000)
        .mapToObj(i -> "other" + i)
        .filter(other -> Integer.remainderUnsigned(Murmur3.hash(other), 4) == partition)
        .findFirst()
        .orElseThrow();
  }
}
