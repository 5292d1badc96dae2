package dev.serai.correlation;

import com.rabbitmq.client.AMQP;
import dev.serai.broker.MessageIds;
import dev.serai.broker.OutgoingMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that the broker has got, if it says to which others it belongs.
 *
 * @param event that it is
 * @param step what happened to it by that
 */
record Sighting(LinkedEvent event, Step step) {
  private static final int LONGEST = 255;

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
    EventHeaders said = new EventHeaders(headers);
    String correlation = said.correlation();
    List<String> parents = said.parents();
    String own = said.attribute("id");
    String id = own == null ? EventHeaders.clean(properties.getMessageId()) : own;
    boolean linked = correlation != null || !parents.isEmpty();
    if (!linked || id == null || id.length() > LONGEST) {
      return Optional.empty();
    }
    LinkedEvent event =
        new LinkedEvent(
            id,
            correlation == null || correlation.length() > LONGEST ? null : correlation,
            parents,
            cut(said.attribute("type")),
            cut(said.attribute("source")),
            time);
    return Optional.of(new Sighting(event, step(message, headers, time)));
  }

  /**
   * That somebody has published an event, which may be told twice: by Serai's own publisher too.
   *
   * @return empty for an id that cannot be kept
   */
  static Optional<Sighting> of(SeenEvent seen) {
    String id = EventHeaders.clean(seen.id());
    String correlation = EventHeaders.clean(seen.correlationId());
    if (id == null || id.length() > LONGEST) {
      return Optional.empty();
    }
    Instant time = seen.message().receivedAt().truncatedTo(ChronoUnit.MILLIS);
    LinkedEvent event =
        new LinkedEvent(
            id,
            correlation == null || correlation.length() > LONGEST ? null : correlation,
            EventHeaders.kept(
                seen.parents().stream().map(parent -> parent.replace("\0", "")).toList()),
            cut(EventHeaders.clean(seen.type())),
            cut(EventHeaders.clean(seen.source())),
            time);
    return Optional.of(
        new Sighting(
            event, Step.overheard(time, seen.message().exchange(), seen.message().routingKey())));
  }

  private static Step step(OutgoingMessage message, Map<String, Object> headers, Instant time) {
    Integer replays = number(headers.get("serai-replays"));
    Integer attempt = number(headers.get("serai-attempt"));
    String queue = EventHeaders.clean(headers.get("serai-origin-queue"));
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
        queue == null ? EventHeaders.clean(message.routingKey()) : null,
        queue,
        failed ? EventHeaders.clean(headers.get("serai-route")) : null,
        failed ? attempt : null,
        failed ? EventHeaders.clean(headers.get("serai-error")) : null,
        what.equals("replayed") ? replays : null);
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static @Nullable Integer number(@Nullable Object value) {
    return value instanceof Number number ? Integer.valueOf(number.intValue()) : null;
  }
}
