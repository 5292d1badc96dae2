package dev.serai.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Says how a question has ended, and what it has used. */
final class Ending {
  private final Provider provider;
  private final Question question;

  Ending(Provider provider, Question question) {
    this.provider = provider;
    this.question = question;
  }

  /** Of an answer, when there is no failure. */
  LlmCall of(@Nullable Throwable failure) {
    if (failure == null) {
      ObjectNode answer = question.ended().join();
      return call(LlmCall.ANSWERED, "", null, answer, usage(answer));
    }
    if (failure instanceof ProviderFailure said) {
      Usage usage = said.charged() || question.isStarted() ? soFar() : Usage.NONE;
      return call(outcome(said), String.valueOf(said.getMessage()), said, null, usage);
    }
    return call(LlmCall.STOPPED, "stopped", null, null, soFar());
  }

  private String outcome(ProviderFailure failure) {
    return switch (failure.kind()) {
      case BUSY -> LlmCall.BUSY;
      case REFUSED -> LlmCall.REFUSED;
      case FAILED -> question.isStarted() ? LlmCall.CUT : LlmCall.FAILED;
    };
  }

  private LlmCall call(
      String outcome,
      String error,
      @Nullable ProviderFailure failure,
      @Nullable ObjectNode answer,
      Usage usage) {
    boolean cut = outcome.equals(LlmCall.CUT);
    return new LlmCall(
        outcome,
        provider.name(),
        error,
        failure == null || failure.sent(),
        failure == null ? 0 : failure.pause().toMillis(),
        answer,
        cut ? question.text().orElse(null) : null,
        usage,
        usage.cost(provider.price()));
  }

  private Usage usage(ObjectNode answer) {
    return Usage.read(answer.path("usage"))
        .or(question::usage)
        .orElseGet(() -> estimated(Math.max(question.tokens(), tokens(answer))));
  }

  private static long tokens(ObjectNode answer) {
    long tokens = 0;
    for (var choice : answer.path("choices")) {
      tokens +=
          Usage.tokensOf(
              choice
                  .path("message")
                  .path("content")
                  .asText("")
                  .getBytes(StandardCharsets.UTF_8)
                  .length);
    }
    return tokens;
  }

  /** A stream that broke: what has come, and the question. */
  private Usage soFar() {
    return question.usage().orElseGet(() -> estimated(question.tokens()));
  }

  private Usage estimated(long output) {
    return new Usage(ChatBody.questionTokens(question.body()), output, true);
  }
}
