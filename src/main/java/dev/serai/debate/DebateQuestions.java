package dev.serai.debate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.tasks.Claim;
import dev.serai.tasks.NewTask;
import java.time.Instant;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The tasks that ask the participants of a debate; their words come from routes. Bean {@code
 * debateQuestions}; thread-safe.
 */
@Component("debateQuestions")
public class DebateQuestions {

  /**
   * A chat request.
   *
   * @param persona whom the model speaks as; empty: nobody
   * @param question what it is asked
   */
  public ObjectNode chat(Debate debate, Participant who, String persona, String question) {
    ObjectNode chat = JsonNodeFactory.instance.objectNode();
    if (who.model() != null) {
      chat.put("model", who.model());
    }
    if (who.provider() != null) {
      chat.put("provider", who.provider());
    }
    if (debate.request().has("max_tokens")) {
      chat.set("max_tokens", debate.request().path("max_tokens"));
    }
    ArrayNode messages = chat.putArray("messages");
    if (!persona.isBlank()) {
      messages.addObject().put("role", "system").put("content", persona.strip());
    }
    messages.addObject().put("role", "user").put("content", question.strip());
    return chat;
  }

  /**
   * The task for it. It has the same idempotency key however often it is tried, and ends with the
   * round, or with the debate if that is earlier.
   */
  public NewTask task(Claim task, Debate debate, Participant who) {
    Instant ends = Objects.requireNonNull(debate.ends());
    Instant deadline = task.deadline();
    Instant last = deadline != null && deadline.isBefore(ends) ? deadline : ends;
    return new NewTask(
        "llm",
        task.priority(),
        task.tenant(),
        null,
        last,
        last.toString(),
        NewTask.ownKey("%s/%d/%d".formatted(debate.id(), debate.round(), who.number())),
        task.virtualKey());
  }
}
