package dev.serai.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to send back, and where.
 *
 * @param filter text of a {@link MessageFilter}; null means all
 * @param max most messages to send, from 1
 * @param dryRun whether to say only what would be sent
 * @param to the queue for all of them; empty means each to its origin
 */
record ReplayRequest(@Nullable String filter, int max, boolean dryRun, Optional<String> to) {
  static final int MOST = 10_000;
  private static final int USUAL = 1000;
  private static final Set<String> KEYS = Set.of("filter", "max", "dryRun", "to");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a request body.
   *
   * @param body JSON object; empty means all defaults
   * @throws ProblemException 400 that names every wrong field
   */
  static ReplayRequest parse(String body) throws ProblemException {
    JsonNode json = object(body);
    List<FieldError> errors = new ArrayList<>();
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KEYS.contains(name)) {
                errors.add(
                    new FieldError("#/" + name, "unknown; there are filter, max, dryRun, to"));
              }
            });
    JsonNode max = json.path("max");
    if (present(max) && !(max.isInt() && max.intValue() >= 1 && max.intValue() <= MOST)) {
      errors.add(new FieldError("#/max", "must be an integer from 1 to " + MOST));
    }
    JsonNode dryRun = json.path("dryRun");
    if (present(dryRun) && !dryRun.isBoolean()) {
      errors.add(new FieldError("#/dryRun", "must be true or false"));
    }
    for (String text : List.of("filter", "to")) {
      if (present(json.path(text)) && !json.path(text).isTextual()) {
        errors.add(new FieldError("#/" + text, "must be a string"));
      }
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(400, "bad-replay", "The replay cannot be understood.", errors);
    }
    return new ReplayRequest(
        present(json.path("filter")) ? json.path("filter").textValue() : null,
        max.asInt(USUAL),
        dryRun.asBoolean(false),
        Optional.ofNullable(json.path("to").textValue()));
  }

  private static boolean present(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private static JsonNode object(String body) throws ProblemException {
    if (body.isBlank()) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw notJson(e.getOriginalMessage());
    }
    throw notJson("it is not an object");
  }

  private static ProblemException notJson(String why) {
    return new ProblemException(
        400, "bad-replay", "The body is not a JSON object: " + why, List.of());
  }
}
