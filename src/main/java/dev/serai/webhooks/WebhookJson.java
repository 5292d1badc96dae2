package dev.serai.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serai.files.TimeText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the store keeps as JSON. */
final class WebhookJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

  private WebhookJson() {}

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("only lists and maps of texts are kept", e);
    }
  }

  static Map<String, String> texts(String json) {
    return read(json, TEXTS);
  }

  static List<String> list(String json) {
    return read(json, LIST);
  }

  static @Nullable String times(@Nullable List<Duration> times) {
    return times == null ? null : write(times.stream().map(TimeText::write).toList());
  }

  static @Nullable List<Duration> times(@Nullable String json) {
    return json == null
        ? null
        : list(json).stream().map(text -> TimeText.read(text).orElseThrow()).toList();
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds only JSON", e);
    }
  }
}
