package dev.serai.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What Bloodbank puts around a payload; the same facts go along as attributes of a CloudEvent. */
final class Envelope {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final String id = id(now.toEpochMilli(), new SecureRandom());
  private final String type;
  private final String source;
  private final List<String> parents;

  Envelope(String type, String source, List<String> parents) {
    this.type = type;
    this.source = source;
    this.parents = parents;
  }

  /**
   * The event.
   *
   * @param payload JSON, which stays as it is written
   */
  String around(String payload) {
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("event_id", id)
            .put("event_type", type)
            .put("timestamp", now.toString())
            .put("source", source)
            .putRawValue("payload", new RawValue(payload));
    parents.forEach(event.putArray("parent_event_ids")::add);
    return event.toString();
  }

  /** The id of the event. */
  String id() {
    return id;
  }

  /** Headers of the request; with them the message has the event's id. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", id);
    headers.put("ce-type", type);
    headers.put("ce-source", source);
    headers.put("ce-time", now.toString());
    if (!parents.isEmpty()) {
      headers.put("parentids", String.join(",", parents));
    }
    return headers;
  }

  /** A UUID of version 7, as all messages have. */
  private static String id(long millis, SecureRandom random) {
    long high = millis << 16 | 0x7000 | random.nextInt(0x1000);
    return new UUID(high, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
  }
}
