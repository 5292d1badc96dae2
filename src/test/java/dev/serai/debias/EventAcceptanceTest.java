package dev.serai.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.http.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventAcceptanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() {
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void an_event_without_an_id_is_known_by_one_new_id_everywhere() throws Exception {
    Exchange exchange = accepted("{\"event_type\":\"view\"}");

    AcceptedEvents.Event event =
        exchange.getMessage().getBody(AcceptedEvents.class).events().get(0);
    JsonNode json = JSON.readTree(event.json());
    assertThat(UUID.fromString(event.id()).version()).isEqualTo(7);
    assertThat(json.path("event_id").asText()).isEqualTo(event.id());
    assertThat(Instant.parse(json.path("event_time").asText())).isBefore(Instant.now());
    assertThat(exchange.getVariable("eventId")).isEqualTo("\"" + event.id() + "\"");
    assertThat(exchange.getVariable("accepted")).isEqualTo(1);
  }

  @Test
  void what_an_event_says_itself_is_kept() throws Exception {
    Exchange exchange =
        accepted(
            "[{\"event_type\":\"view\",\"event_id\":\"e1\",\"event_time\":\"2026-01-01T00:00:00Z\"},"
                + "{\"event_type\":\"cart\",\"event_id\":\"e2\"}]");

    assertThat(exchange.getMessage().getBody(AcceptedEvents.class).documents().get(0))
        .asString()
        .isEqualTo(
            "{\"event_type\":\"view\",\"event_id\":\"e1\",\"event_time\":\"2026-01-01T00:00:00Z\"}");
    assertThat(exchange.getVariable("eventIds")).isEqualTo("[\"e1\",\"e2\"]");
  }

  @Test
  void a_text_that_utf_8_cannot_write_is_refused_with_its_place() {
    assertThatThrownBy(
            () ->
                accepted(
                    "[{\"event_type\":\"view\"},{\"event_type\":\"view\",\"note\":\"\\ud800\"}]"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.errors().get(0).pointer()).isEqualTo("#/1"));
  }

  @Test
  void the_only_event_of_a_request_and_a_part_of_many_are_opened_alike() throws Exception {
    Exchange only = accepted("{\"event_type\":\"view\",\"event_id\":\"e1\"}");
    AcceptedEvents.Event event = only.getMessage().getBody(AcceptedEvents.class).events().get(0);
    Exchange part = new DefaultExchange(camel);
    part.getMessage().setBody(event);

    for (Exchange exchange : List.of(only, part)) {
      new EventAcceptance().open(exchange);

      assertThat(exchange.getMessage().getBody()).isEqualTo(event.json());
      assertThat(exchange.getVariable("id")).isEqualTo("e1");
      assertThat(exchange.getVariable("type")).isEqualTo("view");
    }
  }

  private Exchange accepted(String body) throws Exception {
    Exchange exchange = new DefaultExchange(camel);
    exchange.getMessage().setBody(JSON.readTree(body));
    new EventAcceptance().accept(exchange);
    return exchange;
  }
}
