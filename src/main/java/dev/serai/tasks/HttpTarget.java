package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.delivery.RetryAfterException;
import dev.serai.files.TimeText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls HTTP addresses; an interrupt of the calling thread closes the call. Thread-safe. */
final class HttpTarget {
  /** Of the client's errors, those after which another attempt can help. */
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  // It follows no redirect, which would lead to an address that nobody has allowed.
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * Posts JSON.
   *
   * @param task sent as {@code Idempotency-Key}: an attempt may have been made before
   * @return status and body of the answer, for 2xx
   * @throws PoisonMessageException if another attempt cannot help
   * @throws IOException for any other answer, or none
   */
  JsonNode call(String task, String address, String body, Duration patience)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", task)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = answer(request, patience);
    int status = answer.statusCode();
    if (status / 100 == 2) {
      ObjectNode result = JsonNodeFactory.instance.objectNode().put("status", status);
      return result.set("body", TaskJson.ofText(answer.body()));
    }
    String text = "the target answered " + status;
    if (status / 100 == 5 || LATER.contains(status)) {
      throw RetryAfterException.ofHeader(
          text, answer.headers().firstValue("Retry-After").orElse(null));
    }
    throw new PoisonMessageException(text);
  }

  /** The whole answer: the client's own timeout ends with the headers. */
  private HttpResponse<String> answer(HttpRequest request, Duration patience)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, LimitedBody.ofText(TaskJson.MOST_BYTES));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the target did not answer within " + TimeText.write(patience), e);
    } catch (ExecutionException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof PoisonMessageException tooLong) {
          throw tooLong;
        }
      }
      throw new IOException("the target did not answer: " + e.getCause(), e);
    } finally {
      answer.cancel(true); // closes the call, if it is not over
    }
  }
}
