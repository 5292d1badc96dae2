package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A provider that needs no key and no network. It says the last thing it was told, word by word,
 * always the same for the same question, and that it is simulated.
 */
final class Simulated implements Asking {
  static final String NAME = "simulated";

  static final Provider PROVIDER =
      new Provider(
          NAME,
          "",
          "",
          List.of(NAME),
          new Provider.Limits(0, 0, 0),
          new Provider.Price(BigDecimal.ZERO, BigDecimal.ZERO),
          new Provider.Timeouts(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(1)));

  private static final int LONGEST = 200; // words

  private final Duration delay;

  /** A word may have to wait for the store, which must not keep the timers of others waiting. */
  private final Executor words = Executors.newCachedThreadPool(Simulated::daemon);

  /**
   * Ready at once.
   *
   * @param delay before each word
   */
  Simulated(Duration delay) {
    this.delay = delay;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "simulated");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void ask(Provider provider, Question question) {
    JsonNode last = question.body().path("messages").path(0);
    for (JsonNode message : question.body().path("messages")) {
      last = message.path("role").asText().equals("user") ? message : last;
    }
    JsonNode content = last.path("content");
    String said = content.isTextual() ? content.textValue() : content.toString();
    String[] words = ("This answer is simulated. You said: " + said).strip().split("\\s+");
    say(question, words, 0);
  }

  private void say(Question question, String[] said, int next) {
    Executor later =
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, words);
    CompletableFuture.runAsync(
            () -> {
              if (question.ended().isDone()) {
                return;
              }
              if (next == Math.min(said.length, limit(question))) {
                end(question, said, next);
                return;
              }
              question.piece(chunk((next == 0 ? "" : " ") + said[next], null));
              say(question, said, next + 1);
            },
            later)
        .exceptionally(
            failure -> { // or the worker would wait for what never comes
              question.fail(ProviderFailure.failed("it cannot answer: " + failure.getMessage()));
              return null;
            });
  }

  private static void end(Question question, String[] words, int said) {
    ObjectNode last = chunk("", said < words.length ? "length" : "stop");
    ObjectNode usage = last.putObject("usage");
    byte[] asked = question.body().path("messages").toString().getBytes(StandardCharsets.UTF_8);
    usage.put("prompt_tokens", Usage.tokensOf(asked.length));
    usage.put("completion_tokens", said);
    question.piece(last);
    question.streamed();
  }

  private static int limit(Question question) {
    JsonNode body = question.body();
    int most = body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt(LONGEST));
    return Math.min(most, LONGEST);
  }

  private static ObjectNode chunk(String text, @Nullable String reason) {
    ObjectNode chunk = JsonNodeFactory.instance.objectNode();
    chunk.put("model", NAME);
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("index", 0);
    choice.putObject("delta").put("role", "assistant").put("content", text);
    choice.put("finish_reason", reason);
    return chunk;
  }
}
