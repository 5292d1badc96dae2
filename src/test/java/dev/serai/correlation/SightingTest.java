package dev.serai.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.serai.broker.OutgoingMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SightingTest {

  private static Optional<Sighting> of(String exchange, String key, Map<String, Object> headers) {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder().messageId("m1").headers(headers).build();
    return Sighting.of(
        new OutgoingMessage(exchange, key, properties, new byte[0]), TestChains.NOON);
  }

  @Test
  void a_message_without_a_link_is_none() {
    assertThat(of("bus", "a.b.c", Map.of("type", "x", "source", "y"))).isEmpty();
  }

  @Test
  void links_stand_in_headers_or_in_attributes_of_a_cloud_event() {
    Sighting plain =
        of("bus", "a.b.c", Map.of("correlationid", "g", "causationid", "p", "parentids", "p, q,"))
            .orElseThrow();
    Sighting event =
        of(
                "bus",
                "a.b.c",
                Map.of(
                    "cloudEvents_id",
                    "e1",
                    "cloudEvents:correlationid",
                    "g",
                    "cloudEvents_causationid",
                    "p",
                    "cloudEvents_type",
                    "t",
                    "cloudEvents_source",
                    "/s"))
            .orElseThrow();

    assertThat(plain.event())
        .isEqualTo(new LinkedEvent("m1", "g", List.of("p", "q"), null, null, TestChains.NOON));
    assertThat(event.event())
        .isEqualTo(new LinkedEvent("e1", "g", List.of("p"), "t", "/s", TestChains.NOON));
    assertThat(event.step().what()).isEqualTo("published");
    assertThat(event.step().exchange()).isEqualTo("bus");
    assertThat(event.step().routingKey()).isEqualTo("a.b.c");
  }

  @Test
  void what_a_policy_sends_on_is_a_step_of_its_event() {
    Map<String, Object> failed = new HashMap<>();
    failed.put("correlationid", "g");
    failed.put("serai-origin-queue", "work");
    failed.put("serai-attempt", 2);
    failed.put("serai-route", "shop-work");
    failed.put("serai-error", "no");
    failed.put("serai-replays", 0);

    Step retried = of("", "work.wait.5s", failed).orElseThrow().step();
    failed.put("serai-parked-at", "now");
    Step parked = of("", "work.dead", failed).orElseThrow().step();

    assertThat(List.of(retried.what(), parked.what())).containsExactly("retried", "parked");
    assertThat(retried)
        .extracting(Step::queue, Step::route, Step::attempt, Step::error, Step::exchange)
        .containsExactly("work", "shop-work", 2, "no", null);
  }

  @Test
  void what_a_person_sends_back_is_a_step_too() {
    Step fromParking =
        of(
                "",
                "work",
                Map.of("correlationid", "g", "serai-origin-queue", "work", "serai-replays", 3))
            .orElseThrow()
            .step();
    Step fromHistory =
        of("", "other", Map.of("correlationid", "g", "serai-replays", 1)).orElseThrow().step();

    assertThat(fromParking)
        .extracting(Step::what, Step::queue, Step::replays)
        .containsExactly("replayed", "work", 3);
    assertThat(fromHistory)
        .extracting(Step::what, Step::queue, Step::replays)
        .containsExactly("replayed", "other", 1);
  }

  @Test
  void an_id_that_no_column_holds_is_left_out() {
    String long256 = "x".repeat(256);

    assertThat(of("bus", "k", Map.of("correlationid", "g", "cloudEvents_id", long256))).isEmpty();
    assertThat(of("bus", "k", Map.of("causationid", long256))).isEmpty();
    assertThat(of("bus", "k", Map.of("correlationid", long256, "causationid", "p")))
        .hasValueSatisfying(seen -> assertThat(seen.event().correlationId()).isNull());
  }
}
