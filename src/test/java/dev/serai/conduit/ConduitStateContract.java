package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.rabbitmq.client.AMQP;
import dev.serai.broker.ReceivedMessage;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.http.ProblemException;
import dev.serai.outbox.Outbox;
import dev.serai.outbox.TestOutbox;
import dev.serai.store.TestStore;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pack conduit keeps in the state's database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class ConduitStateContract {
  private TestStore store;
  private Outbox outbox;
  private SpendLedger ledger;
  private ProviderStates providers;
  private ImageOutcomes images;
  private @Nullable Instant sent; // the messages say so

  abstract TestStore open(Path data);

  @BeforeEach
  void openStore(@TempDir Path data) {
    store = open(data);
    outbox = TestOutbox.on(store.jdbc());
    ledger = new SpendLedger(store.jdbc(), store.transactions(), outbox);
    providers = new ProviderStates(store.jdbc(), store.transactions());
    images = new ImageOutcomes(store.jdbc());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_request_is_booked_once_however_often_it_comes() throws Exception {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":0.1}");
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":0.10}");
    book("{\"eventId\":\"e2\",\"virtualKeyId\":\"vk\",\"amount\":0.2}");

    assertThat(ledger.show("vk"))
        .containsEntry("total", new BigDecimal("0.3"))
        .containsEntry("bookings", 2L);
  }

  @Test
  void its_total_waits_to_be_told_until_it_was() throws Exception {
    List<Outbox.Event> first = book("{\"eventId\":\"e1\",\"virtualKeyId\":7,\"amount\":1}");
    List<Outbox.Event> again = book("{\"eventId\":\"e1\",\"virtualKeyId\":7,\"amount\":1}");

    assertThat(again).isEqualTo(first).hasSize(1);
    JsonNode told = EventBody.JSON.readTree(first.get(0).body());
    assertThat(told.path("virtualKeyId").asText()).isEqualTo("7");
    assertThat(told.path("requestId").asText()).isEqualTo("e1");
    assertThat(told.path("total").decimalValue()).isEqualByComparingTo("1");
    outbox.sent(first.get(0).id());
    assertThat(book("{\"eventId\":\"e1\",\"virtualKeyId\":7,\"amount\":1}")).isEmpty();
  }

  @Test
  void what_was_left_is_found_after_a_while_by_one_process() {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":1}");

    assertThat(outbox.due("totals", "1h", 10)).isEmpty();
    assertThat(outbox.due("totals", "0s", 10)).hasSize(1);
  }

  @Test
  void totals_of_a_key_are_numbered_and_told_from_the_first_that_was_not() throws Exception {
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
  void bookings_are_forgotten_and_their_total_stays() throws Exception {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":1}");
    book("{\"eventId\":\"e2\",\"virtualKeyId\":\"vk\",\"amount\":2}");
    store
        .jdbc()
        .sql(
            "UPDATE conduit_spend SET booked_at = TIMESTAMP '2020-01-01 00:00:00'"
                + " WHERE event_id = 'e1'")
        .update();

    assertThat(ledger.forget("90d", 10)).isEqualTo(1);
    assertThat(ledger.show("vk"))
        .containsEntry("total", new BigDecimal("3"))
        .containsEntry("bookings", 2L);
    book("{\"eventId\":\"e2\",\"virtualKeyId\":\"vk\",\"amount\":2}");
    assertThat(ledger.show("vk")).containsEntry("bookings", 2L);
  }

  @Test
  void the_request_is_its_id_when_the_event_has_none() throws Exception {
    book("{\"requestId\":\"r1\",\"virtualKeyId\":\"vk\",\"amount\":1}");
    book("{\"requestId\":\"r1\",\"virtualKeyId\":\"vk\",\"amount\":1}");

    assertThat(ledger.show("vk")).containsEntry("bookings", 1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eventId\":\"e1\",\"virtualKeyId\":\"other\",\"amount\":1}",
        "{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":2}"
      })
  void another_request_under_the_same_id_is_parked(String other) throws Exception {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":1}");

    assertThatThrownBy(() -> book(other))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageStartingWith("spend-conflict: ");
    assertThat(ledger.show("vk")).containsEntry("total", new BigDecimal("1"));
    assertThatThrownBy(() -> ledger.show("other")).isInstanceOf(ProblemException.class);
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
  void what_cannot_be_booked_is_parked(String body) {
    assertThatThrownBy(() -> book(body))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageStartingWith("bad-conduit-event: ");
  }

  @Test
  void amounts_stay_exact() throws Exception {
    book("{\"eventId\":\"e1\",\"virtualKeyId\":\"vk\",\"amount\":0.000000000000000001}");
    book("{\"eventId\":\"e2\",\"virtualKeyId\":\"vk\",\"amount\":123456789012}");

    assertThat(ledger.show("vk"))
        .containsEntry("total", new BigDecimal("123456789012.000000000000000001"));
  }

  @Test
  void the_latest_version_of_a_provider_counts_and_no_credentials_are_shown() {
    take(
        "provider.updated",
        "{\"providerId\":\"p\",\"version\":2,\"providerName\":\"new\",\"apiKey\":\"sk-secret\","
            + "\"baseUrl\":\"https://user:secret@host:8/v1?key=secret\"}");
    take("provider.updated", "{\"providerId\":\"p\",\"version\":1,\"providerName\":\"old\"}");
    take("provider.capabilities", "{\"providerId\":\"p\",\"capabilities\":[{\"model\":\"m\"}]}");

    assertThat(list())
        .contains("\"providerName\":\"new\"", "\"hasCredentials\":true", "\"version\":2")
        .contains("\"baseUrl\":\"https://host:8/v1\"", "\"capabilities\":[{\"model\":\"m\"}]")
        .doesNotContain("secret");
    assertThat(
            store.jdbc().sql("SELECT details FROM conduit_provider").query(String.class).single())
        .doesNotContain("secret");
  }

  @Test
  void a_deletion_wins_over_a_late_update_by_version() {
    take("provider.updated", "{\"providerId\":\"p\",\"version\":1}");
    take("provider.deleted", "{\"providerId\":\"p\",\"version\":2}");
    take("provider.updated", "{\"providerId\":\"p\",\"version\":2}");
    take("provider.updated", "{\"providerId\":\"p\",\"version\":1}");
    take("provider.capabilities", "{\"providerId\":\"p\",\"capabilities\":{}}");

    assertThat(list()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void a_deletion_wins_over_a_late_update_by_time() {
    take("provider.deleted", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:00:00Z\"}");
    take("provider.updated", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:59:59+01:00\"}");
    assertThat(list()).isEqualTo("{\"items\":[]}");

    take("provider.updated", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:00:01Z\"}");
    assertThat(list()).contains("\"providerId\":\"p\"");
  }

  @Test
  void a_late_deletion_does_not_undo_a_later_update() {
    take("provider.updated", "{\"providerId\":\"p\",\"version\":3}");
    take("provider.deleted", "{\"providerId\":\"p\",\"version\":2}");

    assertThat(list()).contains("\"providerId\":\"p\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"providerId\":\"p\",\"version\":\"1\"}",
        "{\"providerId\":\"p\",\"timestamp\":\"now\"}"
      })
  void what_is_about_no_provider_is_parked(String body) {
    assertThatThrownBy(() -> take("provider.updated", body))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageStartingWith("bad-conduit-event: #/");
  }

  @Test
  void the_images_that_were_kept_first_count_until_they_are_forgotten() throws Exception {
    ImageRequest request = images("{\"requestId\":\"r\",\"prompt\":\"a cat\"}");
    JsonNode first = EventBody.JSON.readTree("{\"data\":[{\"url\":\"1\"}]}");
    JsonNode second = EventBody.JSON.readTree("{\"data\":[{\"url\":\"2\"}]}");

    assertThat(images.made(request)).isEqualTo(NullNode.getInstance());
    assertThat(images.keep(request, first)).isEqualTo(first);
    assertThat(images.keep(request, second)).isEqualTo(first);
    assertThat(images.made(request)).isEqualTo(first);
    assertThat(images.forget("1m", 10)).isZero();
    store.jdbc().sql("UPDATE conduit_image SET made_at = TIMESTAMP '2020-01-01 00:00:00'").update();
    assertThat(images.forget("1m", 10)).isEqualTo(1);
    assertThat(images.made(request)).isEqualTo(NullNode.getInstance());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"requestId\":\"r\",\"prompt\":\"a dog\"}",
        "{\"requestId\":\"r\",\"prompt\":\"a cat\",\"virtualKeyId\":\"other\"}"
      })
  void nobody_gets_the_images_of_another_request(String other) throws Exception {
    images.keep(
        images("{\"requestId\":\"r\",\"prompt\":\"a cat\"}"), EventBody.JSON.readTree("{}"));

    assertThatThrownBy(() -> images.made(images(other)))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessage("image-conflict: other images were made for the request r");
  }

  private ImageRequest images(String body) {
    return ImageRequest.of(EventBody.of(message("image.requested", body)));
  }

  private List<Outbox.Event> book(String body) {
    return ledger.book(message("virtual-key.spend-requested", body));
  }

  @Test
  void providers_are_listed_in_pages_by_their_ids() {
    for (String id : List.of("c", "a", "b")) {
      take("provider.updated", "{\"providerId\":\"%s\"}".formatted(id));
    }
    ProviderList pages = new ProviderList(store.jdbc());

    assertThat(pages.list("", 2)).matches(".*\"a\".*\"b\".*\\],\"next\":\"b\"}");
    assertThat(pages.list("b", 2)).contains("\"c\"").doesNotContain("next", "\"b\"");
  }

  @Test
  void of_events_without_version_and_time_a_deletion_wins() {
    take("provider.updated", "{\"providerId\":\"p\",\"providerName\":\"first\"}");
    take("provider.updated", "{\"providerId\":\"p\",\"providerName\":\"second\"}");
    assertThat(list()).contains("\"providerName\":\"second\"");

    take("provider.deleted", "{\"providerId\":\"p\"}");
    take("provider.updated", "{\"providerId\":\"p\",\"providerName\":\"late\"}");
    take("provider.updated", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:00:00Z\"}");
    assertThat(list()).isEqualTo("{\"items\":[]}");

    take("provider.updated", "{\"providerId\":\"p\",\"timestamp\":\"2999-01-01T12:00:00Z\"}");
    assertThat(list()).contains("\"providerId\":\"p\"");
  }

  @Test
  void a_deletion_wins_over_an_update_of_the_second_of_its_message() {
    sent = Instant.parse("2026-01-01T12:00:00Z");
    take("provider.updated", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:00:00.9Z\"}");
    take("provider.deleted", "{\"providerId\":\"p\"}");

    assertThat(list()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void capabilities_from_before_a_deletion_do_not_come_back() {
    take("provider.capabilities", "{\"providerId\":\"p\",\"version\":9,\"capabilities\":[9]}");
    take("provider.deleted", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:00:00Z\"}");
    take("provider.updated", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T13:00:00Z\"}");
    take(
        "provider.capabilities",
        "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T11:00:00Z\",\"capabilities\":[11]}");
    assertThat(list()).contains("\"providerId\":\"p\"").doesNotContain("capabilities");

    take(
        "provider.capabilities",
        "{\"providerId\":\"p\",\"version\":1,\"timestamp\":\"2026-01-01T14:00:00Z\","
            + "\"capabilities\":[14]}");
    assertThat(list()).contains("\"capabilities\":[14]");
  }

  private void take(String key, String body) {
    Exchange exchange = message(key, body);
    switch (key) {
      case "provider.updated" -> providers.update(exchange);
      case "provider.deleted" -> providers.delete(exchange);
      default -> providers.capabilities(exchange);
    }
  }

  private String list() {
    return new ProviderList(store.jdbc()).list("", 100);
  }

  private Exchange message(String key, String body) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(
        ReceivedMessage.PROPERTY,
        new ReceivedMessage(
            "queue",
            "conduit-events",
            key,
            new AMQP.BasicProperties.Builder()
                .messageId("m")
                .timestamp(sent == null ? null : Date.from(sent))
                .build(),
            body.getBytes(StandardCharsets.UTF_8),
            Instant.now()));
    return exchange;
  }
}
