package dev.serai.bloodbank;

import dev.serai.broker.ReceivedMessage;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the headers of a message say about the event that it is, whoever has published it. */
final class ReceivedEvent {
  private ReceivedEvent() {}

  /**
   * Its id; empty when it has none.
   *
   * @param inBody what its body says; empty when it says nothing
   */
  static String id(ReceivedMessage message, String inBody) {
    String id = header(message, "cloudEvents_id", "cloudEvents:id");
    if (id != null) {
      return id;
    }
    String own = message.properties().getMessageId();
    return !inBody.isEmpty() || own == null ? inBody : own;
  }

  /** The group that it says it belongs to. */
  static @Nullable String correlation(ReceivedMessage message) {
    String said =
        header(message, "correlationid", "cloudEvents_correlationid", "cloudEvents:correlationid");
    return said == null ? message.properties().getCorrelationId() : said;
  }

  private static @Nullable String header(ReceivedMessage message, String... names) {
    Map<String, Object> headers = message.properties().getHeaders();
    return headers == null
        ? null
        : Stream.of(names)
            .map(headers::get)
            .filter(Objects::nonNull)
            .map(Object::toString)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(null);
  }
}
