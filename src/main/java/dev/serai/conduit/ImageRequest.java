package dev.serai.conduit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Images that somebody wants.
 *
 * @param id of the request, in all events about it
 * @param virtualKey on whose account; empty: none
 * @param body of the request to the endpoint, without a model when none was named
 */
public record ImageRequest(String id, String virtualKey, ObjectNode body) {
  private static final List<String> PASSED_ON =
      List.of("model", "size", "quality", "style", "response_format", "user", "background");

  private static final int LONGEST = 32_000; // characters
  private static final int MOST = 10;

  /**
   * Reads one.
   *
   * @throws dev.serai.delivery.PoisonMessageException if it cannot be one
   */
  static ImageRequest of(EventBody event) {
    JsonNode fields = event.fields();
    String prompt = fields.path("prompt").asText("");
    if (!fields.path("prompt").isTextual() || prompt.isBlank() || prompt.length() > LONGEST) {
      throw EventBody.bad("#/prompt", "must be a text of 1 to 32000 characters");
    }
    long number = event.number("n").orElse(1L);
    if (number < 1 || number > MOST) {
      throw EventBody.bad("#/n", "must be from 1 to 10");
    }
    ObjectNode body = EventBody.JSON.createObjectNode().put("prompt", prompt).put("n", number);
    for (String name : PASSED_ON) {
      JsonNode value = fields.path(name);
      if (value.isTextual()) {
        body.set(name, value);
      } else if (!value.isMissingNode() && !value.isNull()) {
        throw EventBody.bad("#/" + name, "must be a text");
      }
    }
    String id = event.id("requestId").orElseGet(event::eventId);
    return new ImageRequest(id, event.id("virtualKeyId").orElse(""), body);
  }

  /** How many are wanted. */
  public int number() {
    return body.path("n").asInt();
  }
}
