package dev.serai.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a queue was declared with, in RabbitMQ's words. The embedded broker keeps it as the queue's
 * description, so that it is known after a restart.
 *
 * @param arguments by name; numbers are longs, everything else is text or a truth value
 */
record QueueDeclaration(
    boolean durable, boolean exclusive, boolean autoDelete, Map<String, Object> arguments) {
  private static final ObjectMapper JSON = new ObjectMapper();

  QueueDeclaration {
    Map<String, Object> plain = new TreeMap<>();
    arguments.forEach((name, value) -> plain.put(name, plain(value)));
    arguments = plain;
  }

  private static Object plain(Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    return value instanceof Boolean ? value : String.valueOf(value);
  }

  /** The text of an argument. */
  Optional<String> text(String name) {
    return Optional.ofNullable(arguments.get(name)).map(Object::toString);
  }

  /**
   * What RabbitMQ would say to a declaration of the same queue that differs.
   *
   * @return the reply text, or empty when both are the same
   */
  Optional<String> conflict(String queue, QueueDeclaration received) {
    Map<String, Object> mine = everything();
    Map<String, Object> theirs = received.everything();
    TreeSet<String> names = new TreeSet<>(mine.keySet());
    names.addAll(theirs.keySet());
    return names.stream()
        .filter(name -> !String.valueOf(mine.get(name)).equals(String.valueOf(theirs.get(name))))
        .findFirst()
        .map(
            name ->
                "inequivalent arg '%s' for queue '%s' in vhost '/': received %s but current is %s"
                    .formatted(name, queue, quoted(theirs.get(name)), quoted(mine.get(name))));
  }

  private static String quoted(@Nullable Object value) {
    return value == null ? "none" : "'" + value + "'";
  }

  private Map<String, Object> everything() {
    Map<String, Object> all = new TreeMap<>(arguments);
    all.putIfAbsent("x-queue-type", "classic"); // what a queue is that does not say
    all.put("durable", durable);
    all.put("exclusive", exclusive);
    all.put("auto_delete", autoDelete);
    return all;
  }

  /** One line of JSON. */
  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @return empty for anything else: a queue that was not declared through the dialect
   */
  static Optional<QueueDeclaration> ofJson(@Nullable String json) {
    try {
      return json == null
          ? Optional.empty()
          : Optional.of(JSON.readValue(json, QueueDeclaration.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
