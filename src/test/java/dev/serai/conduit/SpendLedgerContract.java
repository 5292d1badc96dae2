package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.http.ProblemException;
import dev.serai.outbox.Outbox;
import dev.serai.outbox.TestOutbox;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What virtual keys have spent: bookings, and totals that wait to be told. */
interface SpendLedgerContract extends StoredConduit {
  @Test
  default void a_request_is_booked_once_however_often_it_comes() throws Exception {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":0.1}");
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":0.10}");
    book("{\"eventId\":\"e2\",\"virtualKeyId\":\"vk\",\"amount\":0.2}");

    assertThat(ledger().show("vk"))
        .containsEntry("total", new BigDecimal("0.3"))
        .containsEntry("bookings", 2L);
  }

  @Test
  default void its_total_waits_to_be_told_until_it_was() throws Exception {
    List<Outbox.Event> first = book("{\"eventId\":\"e1\",\"virtualKeyId\":7,\"amount\":1}");
    List<Outbox.Event> again = book("{\"eventId\":\"e1\",\"virtualKeyId\":7,\"amount\":1}");

    assertThat(again).isEqualTo(first).hasSize(1);
    JsonNode told = EventBody.JSON.readTree(first.get(0).body());
    assertThat(told.path("virtualKeyId").asText()).isEqualTo("7");
    assertThat(told.path("requestId").asText()).isEqualTo("e1");
    assertThat(told.path("total").decimalValue()).isEqualByComparingTo("1");
    outbox().sent(first.get(0).id());
    assertThat(book("{\"eventId\":\"e1\",\"virtualKeyId\":7,\"amount\":1}")).isEmpty();
  }

  @Test
  default void what_was_left_is_found_after_a_while_by_one_process() {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":1}");

    assertThat(outbox().due("totals", "1h", 10)).isEmpty();
    assertThat(outbox().due("totals", "0s", 10)).hasSize(1);
  }

  @Test
  default void totals_of_a_key_are_numbered_and_told_from_the_first_that_was_not()
      throws Exception {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":1}");
    book("{\"eventId\":\"x\",\"virtualKeyId\":\"other\",\"amount\":5}");

    List<Outbox.Event> told = book("{\"eventId\":\"e2\",\"virtualKeyId\":\"vk\",\"amount\":2}");

    assertThat(told).hasSize(2);
    for (int i = 0; i < 2; i++) {
      JsonNode total = EventBody.JSON.readTree(told.get(i).body());
      assertThat(total.path("booking").asInt()).isEqualTo(i + 1);
      assertThat(total.path("total").asInt()).isEqualTo(i == 0 ? 1 : 3);
    }
  }

  @Test
  default void bookings_are_forgotten_and_their_total_stays() throws Exception {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":1}");
    book("{\"eventId\":\"e2\",\"virtualKeyId\":\"vk\",\"amount\":2}");
    store()
        .jdbc()
        .sql(
            "UPDATE conduit_spend SET booked_at = TIMESTAMP '2020-01-01 00:00:00'"
                + " WHERE event_id = 'e1'")
        .update();

    assertThat(ledger().forget("90d", 1)).isTrue();
    assertThat(ledger().forget("90d", 1)).isFalse();
    assertThat(ledger().show("vk"))
        .containsEntry("total", new BigDecimal("3"))
        .containsEntry("bookings", 2L);
    book("{\"eventId\":\"e2\",\"virtualKeyId\":\"vk\",\"amount\":2}");
    assertThat(ledger().show("vk")).containsEntry("bookings", 2L);
  }

  @Test
  default void the_request_is_its_id_when_the_event_has_none() throws Exception {
    book("{\"requestId\":\"r1\",\"virtualKeyId\":\"vk\",\"amount\":1}");
    book("{\"requestId\":\"r1\",\"virtualKeyId\":\"vk\",\"amount\":1}");

    assertThat(ledger().show("vk")).containsEntry("bookings", 1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eventId\":\"e1\",\"virtualKeyId\":\"other\",\"amount\":1}",
        "{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":2}"
      })
  default void another_request_under_the_same_id_is_parked(String other) throws Exception {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":1}");

    assertThatThrownBy(() -> book(other))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageStartingWith("spend-conflict: ");
    assertThat(ledger().show("vk")).containsEntry("total", new BigDecimal("1"));
    assertThatThrownBy(() -> ledger().show("other")).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{\"eventId\":\"e1\",\"amount\":1}",
        "{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\"}",
        "{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":\"1\"}",
        "{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":-0.01}",
        "{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":1e13}",
        "{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":1e-16000000}",
        "{\"eventId\":\"e1\",\"virtualKeyId\":{},\"amount\":1}",
        "{\"eventId\":\"e1\",\"virtualKeyId\":\" \",\"amount\":1}"
      })
  default void what_cannot_be_booked_is_parked(String body) {
    assertThatThrownBy(() -> book(body))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageStartingWith("bad-conduit-event: ");
  }

  @Test
  default void amounts_stay_exact() throws Exception {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":0.000000000000000001}");
    book("{\"eventId\":\"e2\",\"virtualKeyId\":\"vk\",\"amount\":123456789012}");

    assertThat(ledger().show("vk"))
        .containsEntry("total", new BigDecimal("123456789012.000000000000000001"));
  }

  private List<Outbox.Event> book(String body) {
    return ledger().book(message("virtual-key.spend-requested", body));
  }

  private SpendLedger ledger() {
    return new SpendLedger(store().jdbc(), store().transactions(), outbox());
  }

  private Outbox outbox() {
    return TestOutbox.on(store().jdbc());
  }
}
