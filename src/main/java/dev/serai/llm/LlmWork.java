package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * How far a request has come. Immutable.
 *
 * @param request as the task has it
 * @param left providers to ask, the next one first
 * @param calls that were made
 * @param partial text that a provider has said before it failed, which the next one goes on from
 * @param restarted whether what was streamed before must be forgotten
 * @param refused whether every provider so far has said that the request is wrong
 * @param error what each has failed with, the last one at the end; empty when none has
 * @param usage of the calls that have failed
 * @param cost of these
 */
public record LlmWork(
    JsonNode request,
    String model,
    List<String> left,
    int calls,
    String partial,
    boolean restarted,
    boolean refused,
    String error,
    Usage usage,
    BigDecimal cost) {

  private static final int LONGEST_ERROR = 1000;
  private static final Set<String> BROKEN = Set.of(LlmCall.FAILED, LlmCall.CUT);

  /**
   * Whether nothing is lost when the task begins anew: no provider has failed, and none has said a
   * word.
   */
  public boolean isUntouched() {
    return refused && partial.isEmpty() && !restarted && usage.total() == 0;
  }

  /** What a call has changed. */
  LlmWork after(LlmCall call, List<String> providers) {
    return new LlmWork(
        request,
        model,
        providers,
        calls + 1,
        partial,
        restarted,
        refused && !BROKEN.contains(call.outcome()),
        errors(call),
        usage.plus(call.usage()),
        cost.add(call.cost()));
  }

  private String errors(LlmCall call) {
    String latest = call.provider() + ": " + call.error();
    if (error.contains(latest)) {
      return error;
    }
    String all = error.isEmpty() ? latest : error + "; " + latest;
    return all.length() > LONGEST_ERROR ? latest : all;
  }

  /** With another beginning of the answer. */
  LlmWork from(String text, boolean again) {
    return new LlmWork(
        request, model, left, calls, text, restarted || again, refused, error, usage, cost);
  }
}
