package dev.serai.conduit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about a provider, without its credentials.
 *
 * @param provider its id
 * @param age which of two changes is the later one
 * @param details what may be shown
 * @param hasCredentials whether the event has some
 * @param capabilities models and what they can do; null when the event has none
 */
record ProviderChange(
    String provider,
    Age age,
    ObjectNode details,
    boolean hasCredentials,
    @Nullable JsonNode capabilities) {
  private static final List<String> SHOWN = List.of("providerName", "isEnabled");
  private static final List<String> SECRETS =
      List.of("apiKey", "apiSecret", "credentials", "secret", "token", "password");

  /** What an event does to the state of its provider. */
  enum Kind {
    UPDATE,
    DELETE,
    CAPABILITIES
  }

  /**
   * When a change was made.
   *
   * @param version of the provider; null when the event has none
   * @param time null when nobody has said
   */
  record Age(@Nullable Long version, @Nullable Instant time) {
    /** How old a provider is of which nothing is known. */
    static final Age NONE = new Age(null, null);

    /**
     * Above 0 when this is later, by version where both have one, else by time; empty when there is
     * no telling.
     */
    OptionalInt compareTo(Age other) {
      if (version != null && other.version() != null) {
        return OptionalInt.of(Long.compare(version, other.version()));
      }
      return time != null && other.time() != null
          ? OptionalInt.of(time.compareTo(other.time()))
          : OptionalInt.empty();
    }
  }

  /**
   * Reads one.
   *
   * @throws dev.serai.delivery.PoisonMessageException if it cannot be about a provider
   */
  static ProviderChange of(EventBody event, Kind kind) {
    JsonNode fields = event.fields();
    ObjectNode details = EventBody.JSON.createObjectNode();
    SHOWN.forEach(name -> copy(fields, name, details));
    if (fields.path("baseUrl").isTextual()) {
      details.put("baseUrl", withoutSecrets(fields.path("baseUrl").asText()));
    }
    JsonNode capabilities = fields.path("capabilities");
    if (kind == Kind.CAPABILITIES && !capabilities.isContainerNode()) {
      throw EventBody.bad("#/capabilities", "must be an array or an object");
    }
    return new ProviderChange(
        event.required("providerId"),
        new Age(event.number("version").orElse(null), time(event, kind)),
        details,
        SECRETS.stream().anyMatch(fields::hasNonNull),
        capabilities.isContainerNode() ? capabilities : null);
  }

  /**
   * A deletion has to win over what came before it: without a time of its own it is as late as it
   * can be, at the end of the second of its message, or else when it came.
   */
  private static @Nullable Instant time(EventBody event, Kind kind) {
    Instant said = event.time().orElse(null);
    if (said != null || kind != Kind.DELETE) {
      return said == null ? event.sent().orElse(null) : said;
    }
    return event.sent().map(second -> second.plusMillis(999)).orElseGet(event::received);
  }

  private static void copy(JsonNode from, String name, ObjectNode to) {
    if (from.path(name).isValueNode() && !from.path(name).isNull()) {
      to.set(name, from.path(name));
    }
  }

  /** An address may hold a login, or a key in its query. */
  private static String withoutSecrets(String url) {
    try {
      URI uri = URI.create(url);
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return uri.getHost() == null
          ? "(no address)"
          : uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
    } catch (IllegalArgumentException e) {
      return "(no address)";
    }
  }
}
