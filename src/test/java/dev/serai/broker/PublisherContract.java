package dev.serai.broker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.StallingProxy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What becomes of a published message, the same on every broker. */
@SuppressWarnings("NullAway.Init") // made before each test
abstract class PublisherContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ConnectionState state = new ConnectionState(Clock.systemUTC());
  private final TestDeclarations declarations = new TestDeclarations();
  private StallingProxy proxy;
  private Connection side;
  Channel channel;
  private ConfirmedPublisher publisher;
  String queue;

  /**
   * A client of the broker under test that connects to this port instead, or to its own port for 0.
   */
  abstract ConnectionFactory client(int port);

  @BeforeEach
  void connect(TestInfo test) throws Exception {
    side = client(0).newConnection();
    channel = side.createChannel();
    queue = "publisher." + test.getDisplayName().replaceAll("\\W", "");
    channel.queueDeclare(queue, true, false, false, Map.of());
    channel.exchangeDeclare("publisher.topic", "topic", true);
    proxy = new StallingProxy(client(0).getPort());
    publisher = publisher(client(proxy.port()));
    publisher.start();
    await().until(state::connected);
  }

  @AfterEach
  void disconnect() throws Exception {
    publisher.stop();
    proxy.close();
    try (Channel last = side.createChannel()) {
      last.queueDelete(queue);
    }
    side.close();
  }

  private ConfirmedPublisher publisher(ConnectionFactory client) {
    BrokerSettings settings =
        new BrokerSettings(
            new BrokerSettings.Address("127.0.0.1", 0, "/", false),
            new BrokerSettings.Login("", ""),
            new BrokerSettings.Connecting(
                TIMEOUT, Duration.ofSeconds(60), Duration.ofMillis(100), 3),
            new BrokerSettings.Publishing(TIMEOUT, 100, 20_000),
            new BrokerSettings.Consuming(10, false));
    PublishOutcomes outcomes = new PublishOutcomes(meters, "publisher.dropping"::equals);
    return new ConfirmedPublisher(client, state, settings, outcomes, declarations);
  }

  @Test
  void a_confirmed_message_is_in_the_queue() throws Exception {
    publish("", queue).get(10, SECONDS);

    assertThat(channel.messageCount(queue)).isEqualTo(1);
    assertThat(count("", "confirmed")).isEqualTo(1);
  }

  @Test
  void a_message_that_no_queue_wants_is_refused() {
    assertFails(publish("publisher.topic", "nobody"), UnroutableException.class);
  }

  @Test
  void an_exchange_may_drop_what_no_queue_wants_and_counts_it() throws Exception {
    channel.exchangeDeclare("publisher.dropping", "fanout", true);

    publish("publisher.dropping", "nobody").get(10, SECONDS);

    assertThat(count("publisher.dropping", "dropped")).isEqualTo(1);
  }

  @Test
  void an_unknown_exchange_fails_alone() throws Exception {
    List<CompletableFuture<Void>> neighbours = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      neighbours.add(publish("", queue));
    }
    CompletableFuture<Void> lost = publish("publisher.missing", "key");
    for (int i = 0; i < 50; i++) {
      neighbours.add(publish("", queue));
    }

    assertFails(lost, UnknownExchangeException.class);
    CompletableFuture.allOf(neighbours.toArray(CompletableFuture[]::new)).get(10, SECONDS);
    assertThat(channel.messageCount(queue)).isEqualTo(100);
  }

  @Test
  void a_message_that_cannot_be_written_fails_alone() throws Exception {
    List<CompletableFuture<Void>> neighbours = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      neighbours.add(publish("", queue));
    }
    CompletableFuture<Void> tooLong = publish("", "k".repeat(256));
    CompletableFuture<Void> nowhere = publish("e".repeat(256), "key");
    for (int i = 0; i < 50; i++) {
      neighbours.add(publish("", queue));
    }

    assertFails(tooLong, UnsendableException.class);
    assertFails(nowhere, UnknownExchangeException.class);
    CompletableFuture.allOf(neighbours.toArray(CompletableFuture[]::new)).get(10, SECONDS);
    assertThat(channel.messageCount(queue)).isEqualTo(100);
    assertThat(state.reconnections()).isZero();
  }

  @Test
  void an_exchange_that_is_deleted_later_fails_alone() throws Exception {
    channel.exchangeDeclare("publisher.passing", "fanout", true);
    channel.queueBind(queue, "publisher.passing", "");
    publish("publisher.passing", "").get(10, SECONDS);
    channel.exchangeDelete("publisher.passing");

    CompletableFuture<Void> lost = publish("publisher.passing", "");
    CompletableFuture<Void> neighbour = publish("", queue);

    assertFails(lost, UnknownExchangeException.class);
    neighbour.get(10, SECONDS);
  }

  @Test
  void a_full_queue_refuses() throws Exception {
    channel.queueDelete(queue);
    channel.queueDeclare(
        queue, true, false, false, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
    publish("", queue).get(10, SECONDS);

    assertThatThrownBy(() -> publish("", queue).get(10, SECONDS))
        .hasCauseInstanceOf(PublishException.class)
        .cause()
        .isInstanceOfAny(QueueFullException.class, MessageNackedException.class);
    assertThat(channel.messageCount(queue)).isEqualTo(1);
  }

  @Test
  void a_broken_connection_is_opened_again() throws Exception {
    publish("", queue).get(10, SECONDS);

    proxy.breakConnections();

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              publish("", queue).get(5, SECONDS);
              return state.reconnections() > 0;
            });
  }

  @Test
  void what_was_on_its_way_when_the_connection_broke_fails_by_name() throws Exception {
    publish("", queue).get(10, SECONDS);
    proxy.stall();
    CompletableFuture<Void> onItsWay = publish("", queue);
    await().pollDelay(Duration.ofMillis(300)).until(() -> !onItsWay.isDone());

    proxy.breakConnections();
    proxy.resume();

    assertFails(onItsWay, ConnectionLostException.class);
  }

  @Test
  void ten_thousand_callers_of_a_stalled_broker_cost_no_threads_and_all_get_an_answer()
      throws Exception {
    publish("", queue).get(10, SECONDS);
    int threads = Thread.activeCount();
    proxy.stall();
    List<CompletableFuture<Void>> callers = new ArrayList<>();

    for (int i = 0; i < 10_000; i++) {
      callers.add(publish("", queue));
    }

    assertThat(Thread.activeCount() - threads).isLessThan(10);
    long start = System.nanoTime();
    assertThatThrownBy(
            () ->
                CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(20, SECONDS))
        .isInstanceOf(ExecutionException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plusSeconds(5));
    assertThat(callers).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(callers.stream().map(PublisherContract::failure).distinct())
        .containsExactlyInAnyOrder(ConfirmTimeoutException.class, BrokerUnavailableException.class);
  }

  @Test
  void goes_on_when_the_broker_does() throws Exception {
    proxy.stall();
    CompletableFuture<Void> waiting = publish("", queue);

    proxy.resume();

    waiting.get(10, SECONDS);
  }

  @Test
  void without_a_broker_a_caller_is_told_within_the_timeout_and_soon_at_once() throws Exception {
    proxy.close();
    await().until(() -> !state.connected());

    assertFails(publish("", queue), BrokerUnavailableException.class);
    await().untilAsserted(() -> assertThat(publish("", queue)).isCompletedExceptionally());
  }

  @Test
  void what_is_declared_is_there_before_the_first_message() throws Exception {
    publisher.stop();
    declarations.add("publisher.declared", queue);
    publisher = publisher(client(proxy.port()));
    CompletableFuture<Void> early = publish("publisher.declared", "");

    publisher.start();

    early.get(10, SECONDS);
    assertThat(channel.messageCount(queue)).isEqualTo(1);
  }

  @Test
  void an_exchange_that_was_deleted_is_declared_again_and_loses_no_message() throws Exception {
    declarations.add("publisher.declared", queue);
    publish("publisher.declared", "").get(10, SECONDS);
    channel.exchangeDelete("publisher.declared");

    CompletableFuture<Void> next = publish("publisher.declared", "");

    next.get(10, SECONDS);
    assertThat(channel.messageCount(queue)).isEqualTo(2);
  }

  @Test
  void an_exchange_that_cannot_be_declared_is_no_unknown_one() {
    declarations.refuse("publisher.refused");

    assertFails(publish("publisher.refused", ""), BrokerUnavailableException.class);
    assertFails(publish("publisher.refused", ""), BrokerUnavailableException.class);
    assertThat(declarations.runs()).isLessThanOrEqualTo(3); // at the start, then once a second
  }

  @Test
  void what_was_taken_is_sent_before_it_stops_and_what_comes_later_is_refused() throws Exception {
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      taken.add(publish("", queue));
    }

    publisher.stop();

    assertThat(taken).allMatch(call -> call.isDone() && !call.isCompletedExceptionally());
    assertThat(channel.messageCount(queue)).isEqualTo(1000);
    assertThat(publish("", queue)).isCompletedExceptionally();
  }

  @Test
  void nobody_waits_any_more_when_it_has_stopped_although_the_broker_stalls() throws Exception {
    publish("", queue).get(10, SECONDS);
    proxy.stall();
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      taken.add(publish("", queue));
    }

    publisher.stop();

    assertThat(taken).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(taken.stream().map(PublisherContract::failure).distinct())
        .isSubsetOf(
            ConnectionLostException.class,
            ConfirmTimeoutException.class,
            BrokerUnavailableException.class);
  }

  @Test
  void neighbours_of_a_message_that_cannot_be_written_arrive_once() throws Exception {
    List<CompletableFuture<Void>> neighbours = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        neighbours.add(publish("", queue));
      }
      publish("", "k".repeat(256));
    }

    CompletableFuture.allOf(neighbours.toArray(CompletableFuture[]::new)).get(10, SECONDS);

    assertThat(channel.messageCount(queue)).isEqualTo(neighbours.size());
  }

  CompletableFuture<Void> publish(String exchange, String key) {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder().messageId(MessageIds.next()).deliveryMode(2).build();
    return publisher.publish(new OutgoingMessage(exchange, key, properties, new byte[256]));
  }

  static void assertFails(CompletableFuture<Void> result, Class<? extends PublishException> with) {
    assertThatThrownBy(() -> result.get(10, SECONDS)).hasCauseInstanceOf(with);
  }

  private static Class<?> failure(CompletableFuture<Void> result) {
    return result
        .<Class<?>>handle((done, failure) -> failure == null ? Void.class : failure.getClass())
        .join();
  }

  private double count(String exchange, String outcome) {
    return meters
        .counter("serai.messages.published", "exchange", exchange, "outcome", outcome)
        .count();
  }
}
