package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** A task's request, as a provider gets it. */
final class ChatBody {
  private ChatBody() {}

  /** With the model named, and with what was already said as the assistant's own words. */
  static ObjectNode of(LlmWork work) {
    ObjectNode body = work.request().deepCopy();
    body.remove("provider"); // ours
    body.put("model", work.model());
    if (body.path("stream").asBoolean()) {
      body.withObjectProperty("stream_options").put("include_usage", true);
    } else {
      body.remove("stream_options");
    }
    if (!work.partial().isEmpty()) {
      ((ArrayNode) body.get("messages"))
          .addObject()
          .put("role", "assistant")
          .put("content", work.partial());
    }
    return body;
  }

  /** The tokens that the question is likely to have. */
  static long questionTokens(JsonNode body) {
    return Usage.tokensOf(
        body.path("messages").toString().getBytes(StandardCharsets.UTF_8).length
            + (body.has("tools")
                ? body.get("tools").toString().getBytes(StandardCharsets.UTF_8).length
                : 0));
  }

  /**
   * The tokens that question and answer are likely to have at most.
   *
   * @param expected of an answer that the request does not limit
   */
  static long tokens(JsonNode body, long expected) {
    long most = body.path("max_completion_tokens").asLong(body.path("max_tokens").asLong(expected));
    return questionTokens(body) + most * Math.max(1, body.path("n").asLong(1));
  }
}
