package dev.serai.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.serai.files.TimeText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as callers see it.
 *
 * @param auth names of the headers whose values are not shown
 * @param enabled whether deliveries are made
 * @param disabled why Serai makes none, and since when
 * @param secret only in the answer to the request that has made it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookView(
    String id,
    String url,
    List<String> types,
    String description,
    Map<String, String> headers,
    List<String> auth,
    @JsonProperty("rate_limit") @Nullable Integer rateLimit,
    @Nullable List<String> schedule,
    boolean enabled,
    @Nullable Disabled disabled,
    @JsonProperty("failing_since") @Nullable String failingSince,
    String created,
    @JsonProperty("old_secret_until") @Nullable String oldSecretUntil,
    @Nullable String secret) {

  /** That Serai makes no deliveries any more. */
  public record Disabled(String reason, String since) {}

  /** A page of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<WebhookView> items, @Nullable String next) {}

  static WebhookView of(Endpoint endpoint) {
    Settings settings = endpoint.settings();
    Endpoint.Disabling disabling = endpoint.disabling();
    return new WebhookView(
        endpoint.id(),
        settings.url().toString(),
        settings.types(),
        settings.description(),
        settings.headers(),
        List.copyOf(settings.auth().keySet()),
        settings.rateLimit(),
        settings.schedule() == null
            ? null
            : settings.schedule().stream().map(TimeText::write).toList(),
        endpoint.isActive(),
        disabling == null
            ? null
            : new Disabled(
                disabling.reason().name().toLowerCase(Locale.ROOT), disabling.since().toString()),
        text(endpoint.failingSince()),
        endpoint.created().toString(),
        endpoint.keys().old() == null ? null : text(endpoint.keys().oldUntil()),
        null);
  }

  /** The same with the secret, for the one who has just made it. */
  WebhookView with(Secret made) {
    return new WebhookView(
        id,
        url,
        types,
        description,
        headers,
        auth,
        rateLimit,
        schedule,
        enabled,
        disabled,
        failingSince,
        created,
        oldSecretUntil,
        made.text());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : Objects.toString(time);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "WebhookView[" + id + "]";
  }
}
