package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.delivery.PoisonMessageException;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of providers, in whichever order their events come. */
interface ProviderStatesContract extends StoredConduit {
  @Test
  default void the_latest_version_of_a_provider_counts_and_no_credentials_are_shown() {
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
            store().jdbc().sql("SELECT details FROM conduit_provider").query(String.class).single())
        .doesNotContain("secret");
  }

  @Test
  default void a_deletion_wins_over_a_late_update_by_version() {
    take("provider.updated", "{\"providerId\":\"p\",\"version\":1}");
    take("provider.deleted", "{\"providerId\":\"p\",\"version\":2}");
    take("provider.updated", "{\"providerId\":\"p\",\"version\":2}");
    take("provider.updated", "{\"providerId\":\"p\",\"version\":1}");
    take("provider.capabilities", "{\"providerId\":\"p\",\"capabilities\":{}}");

    assertThat(list()).isEqualTo("{\"items\":[]}");
  }

  @Test
  default void a_deletion_wins_over_a_late_update_by_time() {
    take("provider.deleted", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:00:00Z\"}");
    take("provider.updated", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:59:59+01:00\"}");
    assertThat(list()).isEqualTo("{\"items\":[]}");

    take("provider.updated", "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:00:01Z\"}");
    assertThat(list()).contains("\"providerId\":\"p\"");
  }

  @Test
  default void a_late_deletion_does_not_undo_a_later_update() {
    take("provider.updated", "{\"providerId\":\"p\",\"version\":3}");
    take("provider.deleted", "{\"providerId\":\"p\",\"version\":2}");

    assertThat(list()).contains("\"providerId\":\"p\"");
  }

  @Test
  default void of_events_without_version_and_time_a_deletion_wins() {
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
  default void a_deletion_wins_over_an_update_of_the_second_of_its_message() {
    Instant sent = Instant.parse("2026-01-01T12:00:00Z");
    take(
        "provider.updated",
        "{\"providerId\":\"p\",\"timestamp\":\"2026-01-01T12:00:00.9Z\"}",
        sent);
    take("provider.deleted", "{\"providerId\":\"p\"}", sent);

    assertThat(list()).isEqualTo("{\"items\":[]}");
  }

  @Test
  default void capabilities_from_before_a_deletion_do_not_come_back() {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"providerId\":\"p\",\"version\":\"1\"}",
        "{\"providerId\":\"p\",\"timestamp\":\"now\"}"
      })
  default void what_is_about_no_provider_is_parked(String body) {
    assertThatThrownBy(() -> take("provider.updated", body))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageStartingWith("bad-conduit-event: #/");
  }

  @Test
  default void providers_are_listed_in_pages_by_their_ids() {
    for (String id : List.of("c", "a", "b")) {
      take("provider.updated", "{\"providerId\":\"%s\"}".formatted(id));
    }
    ProviderList pages = new ProviderList(store().jdbc());

    assertThat(pages.list("", 2)).matches(".*\"a\".*\"b\".*\\],\"next\":\"b\"}");
    assertThat(pages.list("b", 2)).contains("\"c\"").doesNotContain("next", "\"b\"");
  }

  private void take(String key, String body) {
    take(key, body, null);
  }

  private void take(String key, String body, @Nullable Instant sent) {
    Exchange exchange = message(key, body, sent);
    switch (key) {
      case "provider.updated" -> providers().update(exchange);
      case "provider.deleted" -> providers().delete(exchange);
      default -> providers().capabilities(exchange);
    }
  }

  private String list() {
    return new ProviderList(store().jdbc()).list("", 100);
  }

  private ProviderStates providers() {
    return new ProviderStates(store().jdbc(), store().transactions());
  }
}
