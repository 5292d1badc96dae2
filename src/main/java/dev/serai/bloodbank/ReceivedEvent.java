package dev.serai.bloodbank;

import dev.serai.broker.ReceivedMessage;
import dev.serai.correlation.EventHeaders;
import dev.serai.correlation.SeenEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message says about the event that it is, whoever has published it.
 *
 * @param message as it came
 * @param headers what its headers say
 * @param body what its body says, if that is an envelope
 */
record ReceivedEvent(ReceivedMessage message, EventHeaders headers, EnvelopeFields body) {

  static ReceivedEvent of(ReceivedMessage message) {
    Map<String, Object> headers = message.properties().getHeaders();
    return new ReceivedEvent(
        message,
        new EventHeaders(headers == null ? Map.of() : headers),
        EnvelopeFields.of(message.body()));
  }

  /** Its id; null when it has none. */
  @Nullable String id() {
    String id = first(headers.attribute("id"), body.text("event_id"));
    return first(id, message.properties().getMessageId());
  }

  /** The group that it says it belongs to. */
  @Nullable String correlation() {
    String said = first(headers.correlation(), message.properties().getCorrelationId());
    return first(said, body.text("correlation_id"));
  }

  /** What its chain is to know of it; empty for what is no event of any chain. */
  Optional<SeenEvent> seen() {
    String id = id();
    String correlation = correlation();
    List<String> parents = headers.parents().isEmpty() ? body.parents() : headers.parents();
    if (id == null || correlation == null && parents.isEmpty() && body.text("event_id") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SeenEvent(
            id,
            correlation,
            parents,
            first(headers.attribute("type"), body.text("event_type")),
            first(headers.attribute("source"), body.text("source")),
            message));
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one != null && !one.isEmpty() ? one : other;
  }
}
