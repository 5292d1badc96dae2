package dev.serai.routetests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

/** Values as JSON trees, to be compared and shown. */
final class Tree {
  static final ObjectMapper JSON =
      Jackson2ObjectMapperBuilder.json()
          .featuresToDisable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Tree() {}

  /** A value as it is now; bytes are text, and what is no value of JSON is what it prints. */
  static JsonNode of(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof JsonNode node) {
      return node.deepCopy();
    }
    if (value instanceof byte[] bytes) {
      return NODES.textNode(new String(bytes, StandardCharsets.UTF_8));
    }
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null));
    }
    if (value instanceof Collection<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(item -> array.add(of(item)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((key, field) -> object.set(String.valueOf(key), of(field)));
      return object;
    }
    if (value instanceof Message message) {
      ObjectNode object = NODES.objectNode();
      object.set("body", of(message.getBody()));
      return object;
    }
    return ofOther(value);
  }

  private static JsonNode ofOther(Object value) {
    if (value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Record
        || value.getClass().getName().startsWith("java.time.")) {
      try {
        return JSON.valueToTree(value);
      } catch (IllegalArgumentException e) {
        return NODES.textNode(String.valueOf(value));
      }
    }
    if (value instanceof InputStream stream) {
      try {
        return of(stream.readAllBytes());
      } catch (IOException e) {
        return NODES.textNode("cannot be read: " + e.getMessage());
      }
    }
    return NODES.textNode(String.valueOf(value));
  }

  /** What a text says as JSON; anything else stays as it is. */
  static JsonNode parsed(JsonNode node) {
    if (!node.isTextual()) {
      return node;
    }
    try {
      JsonNode read = JSON.readTree(node.textValue());
      return read == null || read.isMissingNode() ? node : read;
    } catch (JsonProcessingException e) {
      return node;
    }
  }

  /** As it is shown: a text without quotes, anything else as JSON. */
  static String text(JsonNode node) {
    return node instanceof MissingNode || node.isNull()
        ? "nothing"
        : node.isTextual() ? node.textValue() : node.toString();
  }
}
