package dev.serai.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking a provider once.
 *
 * @param outcome {@code answered}; {@code busy}: it wants to be left alone; {@code refused}: the
 *     request is wrong; {@code failed} before the first token; {@code cut} after it; {@code
 *     stopped}: nobody wants the answer any more
 * @param error what it failed with; empty when it has answered
 * @param sent whether the provider may have got the request
 * @param pause for which it wants to be left alone, in milliseconds
 * @param answer the whole of it, when there is one
 * @param text as far as it came, when it is cut and is nothing but a text
 * @param usage as far as it is known, or estimated
 * @param cost of that
 */
public record LlmCall(
    String outcome,
    String provider,
    String error,
    boolean sent,
    long pause,
    @Nullable ObjectNode answer,
    @Nullable String text,
    Usage usage,
    BigDecimal cost) {
  static final String ANSWERED = "answered";
  static final String BUSY = "busy";
  static final String REFUSED = "refused";
  static final String FAILED = "failed";
  static final String CUT = "cut";
  static final String STOPPED = "stopped";

  /** Whether there is something to pay. */
  public boolean used() {
    return usage.total() > 0;
  }

  /** Whether another provider can go on from where this one ended. */
  public boolean continuable() {
    return text != null;
  }
}
