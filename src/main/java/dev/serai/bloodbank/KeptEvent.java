package dev.serai.bloodbank;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serai.broker.MessageIds;
import dev.serai.broker.ReceivedMessage;
import dev.serai.tracing.TraceParent;
import dev.serai.webhooks.AttributeText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as the history has it.
 *
 * @param headers of its message as JSON, without those of Serai
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares events
public record KeptEvent(
    String id,
    String key,
    @Nullable String correlation,
    String contentType,
    String headers,
    byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST = 255;
  private static final String REPLAYS = "serai-replays";

  /** Reads a message, whoever has published it. */
  static KeptEvent of(ReceivedEvent event) {
    ReceivedMessage message = event.message();
    String id = event.id();
    String correlation = event.correlation();
    String type = message.properties().getContentType();
    return new KeptEvent(
        id == null || id.isEmpty() ? MessageIds.next() : text(id),
        text(message.routingKey()),
        correlation == null ? null : text(correlation),
        type == null ? "application/octet-stream" : text(type),
        headers(message.properties().getHeaders()),
        message.body());
  }

  private static String headers(@Nullable Map<String, Object> headers) {
    Map<String, Object> kept = new LinkedHashMap<>();
    if (headers != null) {
      headers.forEach(
          (name, value) -> {
            if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
              kept.put(name, value);
            } else if (value != null) {
              kept.put(name, value.toString());
            }
          });
    }
    kept.keySet().removeIf(name -> name.startsWith("serai-") || name.startsWith("x-death"));
    try {
      return JSON.writeValueAsString(kept);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Headers hold only texts and numbers", e);
    }
  }

  /** Headers of its message when it is sent once more. */
  Map<String, Object> replayed() {
    Map<String, Object> all = new LinkedHashMap<>(read());
    all.put(REPLAYS, 1);
    return all;
  }

  /** The same for a request, as those of a webhook are. */
  Map<String, String> httpHeaders() {
    Map<String, String> all = new LinkedHashMap<>();
    read()
        .forEach(
            (name, value) -> {
              if (name.matches("cloudEvents[_:][a-z0-9]{1,100}")) {
                all.put(
                    "ce-" + name.substring("cloudEvents_".length()),
                    AttributeText.encode(value.toString()));
              } else if (name.equals(TraceParent.HEADER)) {
                all.put(name, TraceParent.next(value.toString()));
              }
            });
    all.put("content-type", contentType.matches("[!-~][ -~]*") ? contentType : "application/json");
    all.put(REPLAYS, "1");
    return all;
  }

  private Map<String, Object> read() {
    try {
      return JSON.readValue(headers, new TypeReference<Map<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the history holds what was not written by it", e);
    }
  }

  /** Cut to what a column holds; without zero bytes, which PostgreSQL does not take. */
  private static String text(String text) {
    String clean = text.replace("\0", "");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
  }
}
