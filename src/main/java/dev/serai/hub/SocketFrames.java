package dev.serai.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what is said over WebSocket: JSON. */
final class SocketFrames {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SocketFrames() {}

  /**
   * An update: {@code {"id":…,"topic":…,"topics":[…],"type":…,"data":…}}; the topic is the first.
   */
  static Frame frame(Kept kept) {
    Update update = kept.update();
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("id", kept.id());
    said.put("topic", update.topics().get(0));
    said.put("topics", update.topics());
    said.put("type", update.type() == null ? "message" : update.type());
    said.put("data", update.data());
    return new Frame(kept, Buffer.buffer(text(said)));
  }

  /** Something else than an update; it has no id. */
  static String text(Map<String, Object> said) {
    try {
      return JSON.writeValueAsString(said);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
