package dev.serai.correlation;

import com.rabbitmq.client.AMQP;
import dev.serai.broker.MessageIds;
import dev.serai.broker.OutgoingMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that the broker has got, if it says to which others it belongs.
 *
 * @param event that it is
 * @param step what happened to it by that
 */
record Sighting(LinkedEvent event, Step step) {
  private static final List<String> FORMS = List.of("cloudEvents_", "cloudEvents:", "ce-");
  private static final int LONGEST = 255;
  private static final int MOST_PARENTS = 100;

  /**
   * Reads one.
   *
   * @param time at which it is seen
   * @return empty for a message without any link, or with an id that cannot be kept
   */
  static Optional<Sighting> of(OutgoingMessage message, Instant time) {
    AMQP.BasicProperties properties = message.properties();
    Map<String, Object> headers = properties.getHeaders();
    if (headers == null) {
      return Optional.empty();
    }
    String correlation = link(headers, "correlationid");
    List<String> parents = parents(headers);
    String own = attribute(headers, "id");
    String id = own == null ? clean(properties.getMessageId()) : own;
    boolean linked = correlation != null || !parents.isEmpty();
    if (!linked || id == null || id.length() > LONGEST) {
      return Optional.empty();
    }
    LinkedEvent event =
        new LinkedEvent(
            id,
            correlation == null || correlation.length() > LONGEST ? null : correlation,
            parents,
            cut(attribute(headers, "type")),
            cut(attribute(headers, "source")),
            time);
    return Optional.of(new Sighting(event, step(message, headers, time)));
  }

  private static Step step(OutgoingMessage message, Map<String, Object> headers, Instant time) {
    Integer replays = number(headers.get("serai-replays"));
    Integer attempt = number(headers.get("serai-attempt"));
    String queue = clean(headers.get("serai-origin-queue"));
    if (queue == null && replays != null) { // history, sent to a queue once more
      queue = message.routingKey();
    }
    String what =
        queue == null
            ? "published"
            : attempt == null
                ? "replayed"
                : headers.containsKey("serai-parked-at") ? "parked" : "retried";
    boolean failed = what.equals("retried") || what.equals("parked");
    return new Step(
        MessageIds.next(),
        what,
        time.toString(),
        queue == null ? message.exchange() : null,
        queue == null ? clean(message.routingKey()) : null,
        queue,
        failed ? clean(headers.get("serai-route")) : null,
        failed ? attempt : null,
        failed ? clean(headers.get("serai-error")) : null,
        what.equals("replayed") ? replays : null);
  }

  /** The parents, the direct cause first; those whose id cannot be kept are left out. */
  private static List<String> parents(Map<String, Object> headers) {
    List<String> found = new ArrayList<>();
    String cause = link(headers, "causationid");
    if (cause != null) {
      found.add(cause);
    }
    String several = link(headers, "parentids");
    if (several != null) {
      found.addAll(List.of(several.split(",")));
    }
    return found.stream()
        .map(String::strip)
        .filter(id -> !id.isEmpty() && id.length() <= LONGEST)
        .distinct()
        .limit(MOST_PARENTS)
        .toList();
  }

  /** A link, as the header that only says it or as an attribute of a CloudEvent. */
  private static @Nullable String link(Map<String, Object> headers, String name) {
    String plain = clean(headers.get(name));
    return plain == null ? attribute(headers, name) : plain;
  }

  private static @Nullable String attribute(Map<String, Object> headers, String name) {
    return FORMS.stream()
        .map(form -> clean(headers.get(form + name)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String clean(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    String text = value.toString().replace("\0", "");
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static @Nullable Integer number(@Nullable Object value) {
    return value instanceof Number number ? Integer.valueOf(number.intValue()) : null;
  }
}
