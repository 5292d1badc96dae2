package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a full queue does that dead-letters nothing, whichever broker it is on. */
@SuppressWarnings("NullAway.Init") // connected before each test
abstract class DropHeadContract {
  private static final long SOON = 10_000; // milliseconds

  private final String q = "q-" + UUID.randomUUID();
  private Connection connection;
  private Channel channel;

  /** Connects to the broker under test. */
  abstract ConnectionFactory client();

  @BeforeEach
  void connect() throws Exception {
    connection = client().newConnection();
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  @AfterEach
  void disconnect() {
    connection.abort();
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

    assertThat(channel.waitForConfirms(SOON)).isTrue();
    assertThat(all(q)).containsExactly("27", "28", "29");
  }

  @Test
  void a_limit_of_bytes_keeps_the_newest_too() throws Exception {
    declare(q, Map.of("x-max-length-bytes", 6));

    publish("", q, 10, 30);

    assertThat(channel.waitForConfirms(SOON)).isTrue();
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

    assertThat(channel.waitForConfirms(SOON)).isTrue();
    assertThat(all(q)).containsExactly("18", "19");
    assertThat(all(q + ".other")).hasSize(10);
  }

  @Test
  void what_a_consumer_holds_is_not_taken_from_it() throws Exception {
    declare(q, Map.of("x-max-length", 2));
    publish("", q, 10, 11);
    assertThat(channel.waitForConfirms(SOON)).isTrue();
    GetResponse held = channel.basicGet(q, false);

    publish("", q, 11, 20);

    assertThat(channel.waitForConfirms(SOON)).isTrue();
    channel.basicNack(held.getEnvelope().getDeliveryTag(), false, true);
    await()
        .atMost(Duration.ofMillis(SOON))
        .untilAsserted(() -> assertThat(channel.messageCount(q)).isEqualTo(2));
    assertThat(all(q)).contains("19");
  }

  private void declare(String name, Map<String, Object> arguments) throws IOException {
    channel.queueDeclare(name, true, false, false, arguments);
  }

  private void publish(String exchange, String key, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      channel.basicPublish(
          exchange,
          key,
          true,
          new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
          String.valueOf(i).getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<String> all(String queue) throws IOException {
    long waiting = channel.messageCount(queue);
    return IntStream.range(0, Math.toIntExact(waiting)).mapToObj(i -> next(queue)).toList();
  }

  private String next(String queue) {
    try {
      GetResponse got = channel.basicGet(queue, true);
      assertThat(got).as(queue).isNotNull();
      return new String(got.getBody(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
