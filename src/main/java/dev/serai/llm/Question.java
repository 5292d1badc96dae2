package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question that a provider is asked, and what has come of it. Nothing comes any more once it has
 * ended. Thread-safe.
 */
final class Question {
  private static final Logger LOG = LoggerFactory.getLogger(Question.class);

  private final ObjectNode body;
  private final Consumer<JsonNode> choices;
  private final Transcript transcript = new Transcript();
  private final CompletableFuture<ObjectNode> ended = new CompletableFuture<>();
  private Runnable close = () -> {};
  private boolean started;

  /**
   * Asks nobody yet.
   *
   * @param body as the provider gets it
   * @param choices gets each piece of the answer
   */
  Question(ObjectNode body, Consumer<JsonNode> choices) {
    this.body = body;
    this.choices = choices;
  }

  ObjectNode body() {
    return body;
  }

  boolean isStreamed() {
    return body.path("stream").asBoolean();
  }

  /** Says how to end it early: called at once when it has ended already. */
  void onClose(Runnable closing) {
    synchronized (this) {
      if (!ended.isDone()) {
        close = closing;
        return;
      }
    }
    closing.run();
  }

  /**
   * A piece of the answer has come. If it cannot be kept, the question ends, which is no failure of
   * the provider.
   */
  synchronized void piece(JsonNode chunk) {
    if (ended.isDone()) {
      return;
    }
    boolean more = transcript.add(chunk);
    started |= more;
    if (!chunk.path("choices").isEmpty()) {
      try {
        choices.accept(chunk.path("choices"));
      } catch (RuntimeException e) {
        LOG.warn("A piece of an answer cannot be kept, so its call ends", e);
        stop();
      }
    }
  }

  /** The stream is over. */
  synchronized void streamed() {
    if (!transcript.isFinished()) {
      fail(ProviderFailure.broken("the stream ended in the middle"));
      return;
    }
    ended.complete(transcript.completion());
  }

  /** The whole answer has come. */
  synchronized void answer(ObjectNode completion) {
    ended.complete(completion);
  }

  /** Ends it, and closes what is open. */
  void fail(ProviderFailure failure) {
    end(failure);
  }

  /** Nobody wants the answer any more. */
  void stop() {
    end(new StoppedException());
  }

  private void end(Exception failure) {
    Runnable closing;
    synchronized (this) {
      if (!ended.completeExceptionally(failure)) {
        return;
      }
      closing = close;
    }
    closing.run();
  }

  /** Whether the first token has come. */
  synchronized boolean isStarted() {
    return started;
  }

  /** What the provider has said of the tokens. */
  synchronized Optional<Usage> usage() {
    return transcript.usage();
  }

  /** The tokens of the answer so far, as far as one can tell. */
  synchronized long tokens() {
    return transcript.tokens();
  }

  /** See {@link Transcript#text}. */
  synchronized Optional<String> text() {
    return transcript.text();
  }

  /** The answer; or {@link ProviderFailure}, or {@link StoppedException}. */
  CompletableFuture<ObjectNode> ended() {
    return ended;
  }

  /** Somebody has ended a question from this side. */
  static final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
