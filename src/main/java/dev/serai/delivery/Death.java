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
 * @param time of the first such death
 */
record Death(String queue, String reason, Optional<Instant> time) {

  /** The latest one of a message; RabbitMQ puts it first. */
  static Optional<Death> last(Map<String, Object> headers) {
    if (headers.get("x-death") instanceof List<?> deaths
        && !deaths.isEmpty()
        && deaths.get(0) instanceof Map<?, ?> death
        && death.get("queue") != null
        && death.get("reason") != null) {
      Optional<Instant> time =
          death.get("time") instanceof Date date ? Optional.of(date.toInstant()) : Optional.empty();
      return Optional.of(
          new Death(String.valueOf(death.get("queue")), String.valueOf(death.get("reason")), time));
    }
    return Optional.empty();
  }
}
