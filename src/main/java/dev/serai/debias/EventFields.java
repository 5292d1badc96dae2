package dev.serai.debias;

import dev.serai.delivery.PoisonMessageException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checked fields of one event's JSON object. */
record EventFields(Map<?, ?> json) {
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_TYPE = 1_000;

  Optional<String> eventId() {
    return text("event_id", LONGEST_ID);
  }

  long userId() {
    return integer("user_id");
  }

  long productId() {
    return integer("product_id");
  }

  String eventType() {
    return text("event_type", LONGEST_TYPE)
        .filter(type -> !type.isBlank())
        .orElseThrow(() -> wrong("event_type", "a text that is not empty"));
  }

  @Nullable String userSession() {
    return text("user_session", Integer.MAX_VALUE).orElse(null);
  }

  /** The field {@code event_time}; empty when it is absent or not in the form of ISO 8601. */
  Optional<Instant> eventTime() {
    if (!(json.get("event_time") instanceof String text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private long integer(String field) {
    if (json.get(field) instanceof Number number
        && (number instanceof Integer || number instanceof Long)) {
      return number.longValue();
    }
    throw wrong(field, "a JSON integer of at most 64 bits");
  }

  private Optional<String> text(String field, int longest) {
    Object value = json.get(field);
    if (value == null) {
      return Optional.empty();
    }
    // No database takes the character 0 in a text.
    if (value instanceof String text && text.length() <= longest && text.indexOf('\0') < 0) {
      return Optional.of(text);
    }
    throw wrong(field, "a text of at most %d characters".formatted(longest));
  }

  private static PoisonMessageException wrong(String field, String wanted) {
    return new PoisonMessageException("bad-event: #/%s must be %s".formatted(field, wanted));
  }
}
