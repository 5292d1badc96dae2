package dev.serai.conduit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.broker.ReceivedMessage;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.http.ExactJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The body of an event, which anybody may have published: what is wrong with it parks it. */
final class EventBody {
  /** Keeps amounts as they are written. */
  static final ObjectMapper JSON = ExactJson.MAPPER;

  private static final int LONGEST = 200; // characters of an id

  private final JsonNode fields;
  private final ReceivedMessage message;

  private EventBody(JsonNode fields, ReceivedMessage message) {
    this.fields = fields;
    this.message = message;
  }

  /**
   * Reads the message that an exchange is about.
   *
   * @throws PoisonMessageException if it is no JSON object
   */
  static EventBody of(Exchange exchange) {
    ReceivedMessage message = ReceivedMessage.of(exchange);
    if (message == null) {
      throw new IllegalStateException("an event comes from a queue");
    }
    try {
      JsonNode fields = JSON.readTree(message.body());
      if (fields == null || !fields.isObject()) {
        throw bad("#", "is no JSON object");
      }
      return new EventBody(fields, message);
    } catch (IOException e) {
      throw new PoisonMessageException("bad-conduit-event: the body is no JSON", e);
    }
  }

  /** What is wrong with a field. */
  static PoisonMessageException bad(String pointer, String wrong) {
    return new PoisonMessageException("bad-conduit-event: %s %s".formatted(pointer, wrong));
  }

  JsonNode fields() {
    return fields;
  }

  /** The routing key with which it was published. */
  String type() {
    return message.publishedKey();
  }

  /** An id: text, or a number, which is the same as its text. */
  Optional<String> id(String field) {
    JsonNode value = fields.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.asText();
    boolean good = value.isTextual() || value.isIntegralNumber();
    if (!good || text.isBlank() || text.length() > LONGEST || hasControl(text)) {
      throw bad("#/" + field, "must be a text of 1 to 200 characters or a whole number");
    }
    return Optional.of(text);
  }

  /** An id that must be there. */
  String required(String field) {
    return id(field).orElseThrow(() -> bad("#/" + field, "is required"));
  }

  /** The event's own id, the same when it comes again: else a request's, else the message's. */
  String eventId() {
    return id("eventId")
        .or(() -> id("requestId"))
        .or(() -> Optional.ofNullable(message.properties().getMessageId()))
        .filter(id -> id.length() <= LONGEST)
        .orElseThrow(() -> bad("#/eventId", "is required"));
  }

  /**
   * When it happened, as the event says, in milliseconds.
   *
   * @throws PoisonMessageException if it says no time
   */
  Optional<Instant> time() {
    JsonNode value = fields.path("timestamp");
    if (!value.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          OffsetDateTime.parse(value.asText()).toInstant().truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeException e) {
      throw bad("#/timestamp", "must be a time such as 2026-01-31T12:00:00Z");
    }
  }

  /** The second in which its message was published, if that says so. */
  Optional<Instant> sent() {
    return Optional.ofNullable(message.properties().getTimestamp())
        .map(Date::toInstant)
        .map(time -> time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** When its message was delivered. */
  Instant received() {
    return message.receivedAt().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A whole number, which may be missing. */
  Optional<Long> number(String field) {
    JsonNode value = fields.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw bad("#/" + field, "must be a whole number");
    }
    return Optional.of(value.longValue());
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
