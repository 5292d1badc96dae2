package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the pieces of a streamed answer together to what would have come in one. Not thread-safe.
 */
final class Transcript {
  /** Texts that come whole, or again and again. */
  private static final Set<String> WHOLE = Set.of("role", "id", "type", "name");

  private final ObjectNode head = JsonNodeFactory.instance.objectNode();
  private final SortedMap<Integer, ObjectNode> messages = new TreeMap<>();
  private final SortedMap<Integer, JsonNode> reasons = new TreeMap<>();
  private Optional<Usage> usage = Optional.empty();

  /** Adds a piece; returns whether there is something of the answer in it. */
  boolean add(JsonNode chunk) {
    for (String key : Set.of("id", "created", "model", "system_fingerprint")) {
      if (chunk.hasNonNull(key)) {
        head.set(key, chunk.get(key));
      }
    }
    Usage.read(chunk.path("usage")).ifPresent(said -> usage = Optional.of(said));
    boolean any = false;
    for (JsonNode choice : chunk.path("choices")) {
      int index = choice.path("index").asInt();
      ObjectNode message =
          messages.computeIfAbsent(index, i -> JsonNodeFactory.instance.objectNode());
      any |= merge(message, choice.path("delta"));
      if (choice.hasNonNull("finish_reason")) {
        reasons.put(index, choice.get("finish_reason"));
      }
    }
    return any;
  }

  /** Adds what is in a delta; returns whether that is more than who speaks. */
  private static boolean merge(ObjectNode message, JsonNode delta) {
    boolean any = false;
    for (Map.Entry<String, JsonNode> field : delta.properties()) {
      String key = field.getKey();
      JsonNode value = field.getValue();
      if (value.isArray()) {
        any |= mergeAll(message.withArray(key), value);
      } else if (value.isObject()) {
        any |= merge(message.withObjectProperty(key), value);
      } else if (value.isTextual() && !WHOLE.contains(key)) {
        message.put(key, message.path(key).asText("") + value.textValue());
        any |= !value.textValue().isEmpty();
      } else if (!value.isNull() && !key.equals("index")) {
        message.set(key, value);
      }
    }
    return any;
  }

  private static boolean mergeAll(ArrayNode parts, JsonNode deltas) {
    boolean any = false;
    for (JsonNode delta : deltas) {
      int index = Math.min(delta.path("index").asInt(parts.size()), parts.size());
      if (index < 0) {
        continue;
      }
      if (index == parts.size()) {
        parts.addObject();
      }
      if (parts.get(index) instanceof ObjectNode part) {
        merge(part, delta);
      }
      any = true;
    }
    return any;
  }

  /** Whether the model has said that it is ready. */
  boolean isFinished() {
    return !messages.isEmpty() && reasons.keySet().equals(messages.keySet());
  }

  /** What the provider says of the tokens. */
  Optional<Usage> usage() {
    return usage;
  }

  /** The tokens that the answer so far is likely to have. */
  long tokens() {
    return messages.values().stream()
        .mapToLong(
            message -> {
              ObjectNode said = message.deepCopy();
              said.remove("role");
              return said.isEmpty()
                  ? 0
                  : Usage.tokensOf(said.toString().getBytes(StandardCharsets.UTF_8).length);
            })
        .sum();
  }

  /** The text of the first choice; empty when there is none, or more than a text. */
  Optional<String> text() {
    if (messages.size() != 1) {
      return Optional.empty();
    }
    ObjectNode only = messages.values().iterator().next();
    boolean plain =
        only.properties().stream().allMatch(e -> Set.of("role", "content").contains(e.getKey()));
    return plain ? Optional.of(only.path("content").asText("")) : Optional.empty();
  }

  /** The answer as it would have come in one piece; without its usage. */
  ObjectNode completion() {
    ObjectNode answer = head.deepCopy();
    answer.put("object", "chat.completion");
    ArrayNode choices = answer.putArray("choices");
    messages.forEach(
        (index, message) -> {
          ObjectNode choice = choices.addObject();
          choice.put("index", index);
          choice.set("message", message.deepCopy());
          choice.set(
              "finish_reason", reasons.getOrDefault(index, JsonNodeFactory.instance.nullNode()));
        });
    return answer;
  }
}
