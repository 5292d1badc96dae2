package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.http.JsonText;
import dev.serai.http.ProblemException;

/** What the messages of tasks hold. */
final class MessageBody {
  private MessageBody() {}

  /**
   * Reads it.
   *
   * @throws PoisonMessageException if it is no JSON
   */
  static JsonNode read(byte[] bytes) {
    try {
      return JsonText.read(bytes);
    } catch (ProblemException e) {
      throw new PoisonMessageException("bad-message: " + e.getMessage(), e);
    }
  }
}
