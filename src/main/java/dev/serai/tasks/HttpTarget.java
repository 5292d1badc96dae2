package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.delivery.RetryAfterException;
import dev.serai.http.WholeCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;

/** Calls HTTP addresses; an interrupt of the calling thread closes the call. Thread-safe. */
final class HttpTarget {
  /** Of the client's errors, those after which another attempt can help. */
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  // It follows no redirect, which would lead to an address that nobody has allowed.
  private final WholeCalls calls =
      new WholeCalls(
          "the target",
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(Duration.ofSeconds(10))
              .build());

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
    WholeCalls.Answer answer = calls.call(request, TaskJson.MOST_BYTES, patience);
    if (!answer.whole()) {
      throw new PoisonMessageException("the target's answer is too long");
    }
    int status = answer.status();
    if (status / 100 == 2) {
      ObjectNode result = JsonNodeFactory.instance.objectNode().put("status", status);
      return result.set("body", TaskJson.ofText(answer.text()));
    }
    String text = "the target answered " + status;
    if (status / 100 == 5 || LATER.contains(status)) {
      throw RetryAfterException.ofHeader(
          text, answer.headers().firstValue("Retry-After").orElse(null));
    }
    throw new PoisonMessageException(text);
  }
}
