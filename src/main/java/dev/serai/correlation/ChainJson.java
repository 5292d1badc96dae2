package dev.serai.correlation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events and steps as the stores hold them. */
final class ChainJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ChainJson() {}

  /** An event as Redis holds it. */
  record Kept(
      String id,
      @Nullable String correlationId,
      List<String> parents,
      @Nullable String type,
      @Nullable String source,
      long millis) {

    static Kept of(LinkedEvent event) {
      return new Kept(
          event.id(),
          event.correlationId(),
          event.parents(),
          event.type(),
          event.source(),
          event.time().toEpochMilli());
    }

    LinkedEvent event() {
      return new LinkedEvent(
          id, correlationId, parents, type, source, Instant.ofEpochMilli(millis));
    }
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Chains hold only texts and numbers", e);
    }
  }

  static List<String> ids(String json) {
    return read(json, new TypeReference<List<String>>() {});
  }

  static Step step(String id, String json) {
    return read(json, new TypeReference<Step>() {}).withId(id);
  }

  static LinkedEvent event(String json) {
    return read(json, new TypeReference<Kept>() {}).event();
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a chain's store holds what was not written by it", e);
    }
  }
}
