package dev.serai.delivery;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What RabbitMQ notes when it dead-letters a message itself; the embedded broker notes nothing.
 *
 * @param queue where the message was
 * @param reason {@code expired}, {@code maxlen}, {@code delivery_limit} or {@code rejected}
 * @param time when; empty when it died there for this reason before, because RabbitMQ keeps the
 *     time of the first
 */
record Death(String queue, String reason, Optional<Instant> time) {

  /** The latest one of a message; RabbitMQ puts it first. */
  static Optional<Death> last(Map<String, Object> headers) {
    if (headers.get("x-death") instanceof List<?> deaths
        && !deaths.isEmpty()
        && deaths.get(0) instanceof Map<?, ?> death
        && death.get("queue") != null
        && death.get("reason") != null) {
      boolean first = !(death.get("count") instanceof Number count) || count.longValue() <= 1;
      Optional<Instant> time =
          first && death.get("time") instanceof Date date
              ? Optional.of(date.toInstant())
              : Optional.empty();
      return Optional.of(
          new Death(String.valueOf(death.get("queue")), String.valueOf(death.get("reason")), time));
    }
    return Optional.empty();
  }
}
