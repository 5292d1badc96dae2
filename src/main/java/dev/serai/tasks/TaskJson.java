package dev.serai.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.serai.delivery.PoisonMessageException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the store keeps as JSON. */
final class TaskJson {
  /** Of a result: RabbitMQ takes messages of 16 MiB, and the event of an end has more than it. */
  static final int MOST_BYTES = 8 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();
  private static final int LONGEST_DETAIL = 1000;

  private TaskJson() {}

  static @Nullable JsonNode read(@Nullable String text) {
    try {
      return text == null ? null : MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds only JSON", e);
    }
  }

  /**
   * A result, which callers and the event of the end can still carry.
   *
   * @throws PoisonMessageException {@code bad-result} if it is too long
   * @throws IllegalArgumentException {@code bad-result} if it cannot be JSON
   */
  static String result(@Nullable Object value) {
    String json = write(value);
    long bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new PoisonMessageException(
          "bad-result: the result has %d bytes; at most %d can be kept and told"
              .formatted(bytes, MOST_BYTES));
    }
    return json;
  }

  /** What a route has made, as JSON; text and bytes that are no JSON become a JSON text. */
  static String write(@Nullable Object value) {
    Object plain = value instanceof byte[] b ? new String(b, StandardCharsets.UTF_8) : value;
    if (plain instanceof String text) {
      return ofText(text).toString();
    }
    try {
      return MAPPER.writeValueAsString(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "bad-result: a %s is no JSON; make it a map, a list or text: %s"
              .formatted(
                  value == null ? "null" : value.getClass().getName(), e.getOriginalMessage()),
          e);
    }
  }

  /** The JSON that a text is, else the text as JSON. */
  static JsonNode ofText(String text) {
    try {
      JsonNode read = MAPPER.readTree(text);
      return read.isMissingNode() ? TextNode.valueOf(text) : read;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /** An error as tasks show it. */
  static String error(String code, String detail) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code)
        .put("detail", cut(detail))
        .toString();
  }

  static String cut(String text) {
    String clean = text.replace("\u0000", "");
    return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL);
  }
}
