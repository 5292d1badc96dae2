package dev.serai.llm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.tasks.Claim;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * How a request changes from call to call; which of these is next is said in routes. Bean {@code
 * llm}; thread-safe.
 */
@Component("llm")
public class Llm {
  /** The provider is asked again when it may be. */
  public LlmWork later(LlmWork work, LlmCall call) {
    return work.after(call, work.left());
  }

  /** The provider is not asked again. */
  public LlmWork next(LlmWork work, LlmCall call) {
    return work.after(
        call, work.left().stream().filter(name -> !name.equals(call.provider())).toList());
  }

  /** Another provider begins again; what was streamed must be forgotten. */
  public LlmWork restart(LlmWork work, LlmCall call) {
    return next(work, call).from("", true);
  }

  /** Another provider goes on from what was said. */
  public LlmWork proceed(LlmWork work, LlmCall call) {
    return next(work, call).from(work.partial() + Objects.requireNonNull(call.text()), false);
  }

  /** The result of the task: the answer as OpenAI's API has it, and how it came about. */
  public ObjectNode result(LlmWork work, LlmCall call) {
    ObjectNode result = Objects.requireNonNull(call.answer()).deepCopy();
    if (!work.partial().isEmpty() && result.at("/choices/0/message") instanceof ObjectNode said) {
      said.put("content", work.partial() + said.path("content").asText(""));
    }
    Usage usage = work.usage().plus(call.usage());
    ObjectNode told = result.putObject("usage");
    told.put("prompt_tokens", usage.input());
    told.put("completion_tokens", usage.output());
    told.put("total_tokens", usage.total());
    told.put("estimated", usage.estimated());
    ObjectNode origin = result.putObject("serai");
    origin.put("provider", call.provider());
    origin.put("calls", work.calls() + 1);
    origin.put("cost", work.cost().add(call.cost()));
    if (call.provider().equals(Simulated.NAME)) {
      result.put("simulated", true);
    }
    return result;
  }

  /**
   * What a virtual key has to pay for a call, as Conduit is told it. Each call has a request id of
   * its own, so that an event that is told twice counts once.
   */
  public ObjectNode spend(Claim task, LlmWork work, LlmCall call) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("virtualKeyId", task.virtualKey());
    event.put("amount", call.cost());
    event.put("requestId", callId(task, work));
    event.put("provider", call.provider());
    event.put("model", work.model());
    event.put("inputTokens", call.usage().input());
    event.put("outputTokens", call.usage().output());
    event.put("estimated", call.usage().estimated());
    return event;
  }

  /**
   * What a call has used, for whoever accounts for it; with the call's id, as it may be told twice.
   */
  public ObjectNode usage(Claim task, LlmWork work, LlmCall call) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("task", task.id());
    event.put("call", callId(task, work));
    event.put("tenant", task.tenant());
    event.put("provider", call.provider());
    event.put("model", work.model());
    event.put("outcome", call.outcome());
    event.put("input_tokens", call.usage().input());
    event.put("output_tokens", call.usage().output());
    event.put("estimated", call.usage().estimated());
    event.put("cost", call.cost());
    event.put("simulated", call.provider().equals(Simulated.NAME));
    return event;
  }

  private static String callId(Claim task, LlmWork work) {
    return "%s/%d/%d".formatted(task.id(), task.token(), work.calls() + 1);
  }
}
