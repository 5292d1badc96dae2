package dev.serai.delivery;

import com.rabbitmq.client.AMQP;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The headers in which a message carries what happened to it. */
final class DeliveryHeaders {
  /** Attempts that have failed so far, from 1. */
  static final String ATTEMPT = "serai-attempt";

  /** The queue that the message failed in, and where a replay sends it. */
  static final String ORIGIN = "serai-origin-queue";

  /** When its first attempt failed, ISO 8601. */
  static final String FIRST_FAILED_AT = "serai-first-failed-at";

  /** What the last attempt failed with. */
  static final String ERROR = "serai-error";

  /** The class of that failure. */
  static final String ERROR_TYPE = "serai-error-type";

  /** The route of the last attempt. */
  static final String ROUTE = "serai-route";

  /** How often a person has sent it back, from 0. */
  static final String REPLAYS = "serai-replays";

  /** When it was parked, ISO 8601; missing on what the broker dead-lettered itself. */
  static final String PARKED_AT = "serai-parked-at";

  /** What a replay takes away: it starts to count anew. */
  static final List<String> OF_FAILURES =
      List.of(ATTEMPT, FIRST_FAILED_AT, ERROR, ERROR_TYPE, ROUTE, PARKED_AT);

  private DeliveryHeaders() {}

  static Map<String, Object> of(AMQP.BasicProperties properties) {
    return properties.getHeaders() == null ? Map.of() : properties.getHeaders();
  }

  static Optional<String> text(Map<String, Object> headers, String name) {
    return Optional.ofNullable(headers.get(name)).map(Object::toString);
  }

  /** A count; 0 when it is missing, not a number or below. */
  static int count(Map<String, Object> headers, String name) {
    return headers.get(name) instanceof Number number ? Math.max(0, number.intValue()) : 0;
  }

  static Optional<Instant> time(Map<String, Object> headers, String name) {
    try {
      return text(headers, name).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
