package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.ReceivedMessage;
import dev.serai.broker.Traced;
import dev.serai.topology.Topologies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final List<Object> told = new ArrayList<>();

  @Test
  void sends_a_first_failure_to_the_first_wait_with_its_history() {
    received("events", Map.of());
    failsWith(new IllegalStateException("503"));

    delivery(TestTopologies.ladder()).planRetry(exchange);

    assertThat(exchange.getProperty("seraiNext")).isEqualTo("wait");
    assertThat(exchange.getMessage().getHeaders())
        .containsEntry("CamelSpringRabbitmqExchangeOverrideName", "default")
        .containsEntry("CamelSpringRabbitmqRoutingOverrideKey", "work.wait.5s")
        .containsEntry("serai-attempt", 1)
        .containsEntry("serai-origin-queue", "work")
        .containsEntry("serai-first-failed-at", NOW.toString())
        .containsEntry("serai-error", "503")
        .containsEntry("serai-error-type", "java.lang.IllegalStateException")
        .containsEntry("serai-replays", 0)
        .doesNotContainKey("serai-parked-at");
  }

  @Test
  void keeps_the_time_of_the_first_failure_and_the_replays() {
    received(
        "",
        Map.of(
            "serai-origin-queue",
            "work",
            "serai-attempt",
            1,
            "serai-first-failed-at",
            "2026-11-21T03:00:00Z",
            "serai-replays",
            2));
    failsWith(new IllegalStateException("503"));

    delivery(TestTopologies.ladder()).planRetry(exchange);

    assertThat(exchange.getMessage().getHeaders())
        .containsEntry("CamelSpringRabbitmqRoutingOverrideKey", "work.wait.30s")
        .containsEntry("serai-attempt", 2)
        .containsEntry("serai-first-failed-at", "2026-11-21T03:00:00Z")
        .containsEntry("serai-replays", 2);
  }

  @Test
  void parks_when_no_wait_is_left() {
    received("", Map.of("serai-origin-queue", "work", "serai-attempt", 2));
    failsWith(new IllegalStateException("503"));
    Delivery delivery = delivery(TestTopologies.ladder());

    delivery.planRetry(exchange);
    delivery.parked(exchange);

    assertThat(exchange.getProperty("seraiNext")).isEqualTo("park");
    assertThat(exchange.getMessage().getHeaders())
        .containsEntry("CamelSpringRabbitmqRoutingOverrideKey", "dead")
        .containsEntry("serai-parked-at", NOW.toString());
    assertThat(parked("attempts-used-up")).isEqualTo(1);
  }

  @Test
  void does_not_believe_headers_of_a_message_that_an_application_published() {
    received("events", Map.of("serai-origin-queue", "work", "serai-attempt", 2));
    failsWith(new IllegalStateException("503"));

    delivery(TestTopologies.ladder()).planRetry(exchange);

    assertThat(exchange.getMessage().getHeader("serai-attempt")).isEqualTo(1);
  }

  @Test
  void waits_as_long_as_the_target_asks() {
    received("events", Map.of());
    failsWith(new RetryAfterException("429", Duration.ofSeconds(20)));

    delivery(TestTopologies.ladder()).planRetry(exchange);

    assertThat(exchange.getMessage().getHeader("CamelSpringRabbitmqRoutingOverrideKey"))
        .isEqualTo("work.wait.30s");
  }

  @Test
  void sends_to_the_dead_letter_exchange_where_no_parking_queue_is_named() {
    received("events", Map.of());
    failsWith(new PoisonMessageException("not JSON"));
    Delivery delivery =
        delivery(
            new TestTopologies()
                .queue(
                    "work", Map.of("x-dead-letter-exchange", "dlx"), Optional.empty(), List.of()));

    delivery.planPark(exchange);
    delivery.parked(exchange);

    assertThat(exchange.getMessage().getHeaders())
        .containsEntry("CamelSpringRabbitmqExchangeOverrideName", "dlx")
        .containsEntry("CamelSpringRabbitmqRoutingOverrideKey", "user.event");
    assertThat(parked("poison")).isEqualTo(1);
  }

  @Test
  void refuses_to_park_where_there_is_no_place() {
    received("events", Map.of());
    failsWith(new IllegalStateException());
    Delivery delivery =
        delivery(new TestTopologies().queue("work", Map.of(), Optional.empty(), List.of()));

    delivery.planPark(exchange);

    assertThat(exchange.getProperty("seraiNext")).isEqualTo("none");
    assertThatThrownBy(() -> delivery.refuse(exchange))
        .hasMessageStartingWith("nowhere-to-park: queue \"work\"");
  }

  @Test
  void counts_what_it_drops() {
    received("events", Map.of());
    failsWith(new IllegalStateException());
    Delivery delivery =
        delivery(new TestTopologies().queue("work", Map.of(), Optional.empty(), List.of()));

    delivery.planRetry(exchange);
    delivery.drop(exchange);

    assertThat(
            meters
                .get("serai.discarded")
                .tags("queue", "work", "reason", "attempts-used-up")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void says_that_its_policies_are_for_messages() {
    failsWith(new IllegalStateException());

    assertThatThrownBy(() -> delivery(TestTopologies.ladder()).planRetry(exchange))
        .hasMessageStartingWith("no-message: ");
  }

  @Test
  void tells_of_a_wait_in_order_which_no_broker_sees() {
    received("events", Map.of("correlationid", "g"));
    failsWith(new IllegalStateException("503"));
    KeptMessage kept = new KeptMessage(new AMQP.BasicProperties(), false);
    kept.begin(exchange);
    Delivery delivery = delivery(TestTopologies.ladder());

    delivery.planRetry(exchange);
    delivery.waitInOrder(exchange);

    assertThat(told).hasSize(1);
    OutgoingMessage message = ((Traced) told.get(0)).message();
    assertThat(message.properties().getHeaders())
        .containsEntry("correlationid", "g")
        .containsEntry("serai-attempt", 1)
        .containsEntry("serai-origin-queue", "work")
        .containsEntry("serai-error", "503");
  }

  @ParameterizedTest
  @CsvSource({"20, wait", "21, park"})
  void parks_what_would_wait_in_order_for_longer_than_a_consumer_may_hold_it(
      int minutes, String next) {
    received("events", Map.of());
    failsWith(new RetryAfterException("429", Duration.ofMinutes(minutes)));
    new KeptMessage(new AMQP.BasicProperties(), false).begin(exchange);

    delivery(TestTopologies.ladder()).planRetry(exchange);

    assertThat(exchange.getProperty("seraiNext")).isEqualTo(next);
  }

  private double parked(String reason) {
    return meters
        .get("serai.messages.parked")
        .tags("queue", "work", "reason", reason)
        .counter()
        .count();
  }

  private Delivery delivery(Topologies topologies) {
    return new Delivery(
        topologies, new Outcomes(meters), told::add, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private void received(String from, Map<String, Object> headers) {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder().messageId("1").headers(headers).build();
    exchange.setProperty(
        ReceivedMessage.PROPERTY,
        new ReceivedMessage("work", from, "user.event", properties, new byte[0], NOW));
  }

  private void failsWith(Exception failure) {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
  }
}
