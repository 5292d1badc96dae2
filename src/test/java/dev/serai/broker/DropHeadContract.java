package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a full queue does that dead-letters nothing, whichever broker it is on. */
abstract class DropHeadContract extends QueueCalls {

  @BeforeEach
  void confirm() throws Exception {
    channel.confirmSelect();
  }

  static Stream<Map<String, Object>> limits() {
    return Stream.of(
        Map.of("x-max-length", 3),
        Map.of("x-max-length", 3, "x-overflow", "drop-head", "x-message-ttl", 60_000));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void the_oldest_messages_are_gone_and_none_is_refused(Map<String, Object> limit)
      throws Exception {
    declare(q, limit);

    publish("", q, 10, 30);

    assertThat(channel.waitForConfirms(SOON.toMillis())).isTrue();
    assertThat(all(q)).containsExactly("27", "28", "29");
  }

  @Test
  void a_limit_of_bytes_keeps_the_newest_too() throws Exception {
    declare(q, Map.of("x-max-length-bytes", 6));

    publish("", q, 10, 30);

    assertThat(channel.waitForConfirms(SOON.toMillis())).isTrue();
    assertThat(all(q)).doesNotContain("10").endsWith("29");
  }

  @Test
  void a_full_queue_keeps_no_other_from_its_messages() throws Exception {
    channel.exchangeDeclare(q + ".x", "topic", true);
    declare(q, Map.of("x-max-length", 2));
    declare(q + ".other", Map.of());
    channel.queueBind(q, q + ".x", "#");
    channel.queueBind(q + ".other", q + ".x", "#");

    publish(q + ".x", "any", 10, 20);

    assertThat(channel.waitForConfirms(SOON.toMillis())).isTrue();
    assertThat(all(q)).containsExactly("18", "19");
    assertThat(all(q + ".other")).hasSize(10);
  }

  @Test
  void what_a_consumer_holds_is_not_taken_from_it() throws Exception {
    declare(q, Map.of("x-max-length", 2));
    publish("", q, 10, 11);
    assertThat(channel.waitForConfirms(SOON.toMillis())).isTrue();
    GetResponse held = channel.basicGet(q, false);

    publish("", q, 11, 20);

    assertThat(channel.waitForConfirms(SOON.toMillis())).isTrue();
    channel.basicNack(held.getEnvelope().getDeliveryTag(), false, true);
    awaitDepth(q, 2);
    assertThat(all(q)).contains("19");
  }

  private void publish(String exchange, String key, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      publish(exchange, key, String.valueOf(i).getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<String> all(String queue) throws IOException {
    List<String> all = new ArrayList<>();
    for (long waiting = depth(queue); waiting > 0; waiting--) {
      GetResponse got = channel.basicGet(queue, true);
      assertThat(got).as(queue).isNotNull();
      all.add(new String(got.getBody(), StandardCharsets.UTF_8));
    }
    return all;
  }
}
