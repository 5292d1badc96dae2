package dev.serai.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks a provider which models it has, as OpenAI's API says. Used once. */
final class ModelList {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final CompletableFuture<List<String>> names = new CompletableFuture<>();

  /**
   * Begins to ask; returns at once.
   *
   * @throws ProviderFailure if its key cannot be sent
   */
  void ask(Provider provider, HttpAsking http) throws ProviderFailure {
    CompletableFuture<HttpResponse<Void>> sent =
        http.client(provider)
            .sendAsync(http.request(provider, "/models").GET().build(), this::reading);
    sent.whenComplete(
        (response, failure) -> {
          if (failure != null) {
            names.completeExceptionally(HttpAsking.ofException(failure));
          }
        });
    names.whenComplete((list, failure) -> sent.cancel(true)); // closes what is still open
  }

  /** Nobody wants the answer any more. */
  void stop() {
    names.cancel(false);
  }

  /**
   * Waits for the names of the models, and closes the call when it has waited for too long.
   *
   * @throws ProviderFailure if there is no list
   * @throws CancellationException after {@link #stop}, also that of the thread
   */
  List<String> await(Duration longest) throws ProviderFailure {
    try {
      return names.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      stop();
      throw ProviderFailure.failed("no list of models within " + longest.toMillis() / 1000.0 + "s");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ProviderFailure said
          ? said
          : ProviderFailure.failed(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  private HttpResponse.BodySubscriber<Void> reading(HttpResponse.ResponseInfo head) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Consumer<byte[]> take =
        part -> {
          if (body.size() + part.length > MOST_BYTES) {
            fail("the list of models is too long");
          } else {
            body.writeBytes(part);
          }
        };
    return HttpResponse.BodySubscribers.ofByteArrayConsumer(
        bytes ->
            bytes.ifPresentOrElse(take, () -> read(head, body.toString(StandardCharsets.UTF_8))));
  }

  private void read(HttpResponse.ResponseInfo head, String body) {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      answer = JSON.missingNode();
    }
    if (head.statusCode() != 200) {
      names.completeExceptionally(
          ProviderFailure.ofStatus(head.statusCode(), null, HttpAsking.said(answer)));
    } else if (!answer.path("data").isArray()) {
      fail("the answer is no list of models");
    } else {
      List<String> found = new ArrayList<>();
      answer.path("data").forEach(model -> found.add(model.path("id").asText()));
      names.complete(found);
    }
  }

  private void fail(String reason) {
    names.completeExceptionally(ProviderFailure.failed(reason));
  }
}
