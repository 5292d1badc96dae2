package dev.serai.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks providers over HTTP as OpenAI's API says. No thread waits; a question that ends early closes
 * its connection, because that is what makes a provider stop. Thread-safe.
 */
final class HttpAsking implements Asking {
  private static final int MOST_BYTES = 16 * 1024 * 1024; // of an answer, or of one event

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
  private final Function<Provider, Map<String, String>> login;

  /**
   * Connects to nobody yet.
   *
   * @param login headers that say who asks
   */
  HttpAsking(Function<Provider, Map<String, String>> login) {
    this.login = login;
  }

  @Override
  public void ask(Provider provider, Question question) {
    HttpRequest request;
    try {
      request =
          request(provider, "/chat/completions")
              .header("Content-Type", "application/json")
              .header("Accept", question.isStreamed() ? "text/event-stream" : "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      question.body().toString(), StandardCharsets.UTF_8))
              .build();
    } catch (ProviderFailure e) {
      question.fail(e);
      return;
    }
    CompletableFuture<HttpResponse<Void>> sent =
        client(provider).sendAsync(request, head -> reading(head, question));
    question.onClose(() -> sent.cancel(true));
    sent.whenComplete(
        (response, failure) -> {
          if (failure != null) {
            question.fail(ofException(failure));
          }
        });
  }

  /**
   * A request that says who asks.
   *
   * @param path below the provider's address
   * @throws ProviderFailure if its key cannot be sent
   */
  HttpRequest.Builder request(Provider provider, String path) throws ProviderFailure {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(provider.baseUrl().replaceFirst("/+$", "") + path));
    try {
      login.apply(provider).forEach(request::header);
    } catch (IllegalArgumentException e) { // whose message would quote the key
      throw ProviderFailure.unreachable("its key has characters that cannot be sent");
    }
    return request;
  }

  HttpClient client(Provider provider) {
    return clients.computeIfAbsent(
        provider.name(),
        name ->
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // an early end closes the connection
                .connectTimeout(provider.timeouts().connect())
                .build());
  }

  static ProviderFailure ofException(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
        ? ProviderFailure.unreachable("cannot be reached: " + message)
        : ProviderFailure.broken("the connection broke: " + message);
  }

  private HttpResponse.BodySubscriber<Void> reading(
      HttpResponse.ResponseInfo head, Question question) {
    boolean events =
        head.statusCode() == 200
            && head.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
    return HttpResponse.BodySubscribers.ofByteArrayConsumer(
        events ? stream(question) : whole(head, question));
  }

  private Consumer<Optional<byte[]>> stream(Question question) {
    EventLines lines = new EventLines(MOST_BYTES, event -> event(event, question));
    return bytes -> {
      try {
        bytes.ifPresentOrElse(lines::read, question::streamed);
      } catch (IllegalStateException e) {
        question.fail(ProviderFailure.broken(String.valueOf(e.getMessage())));
      }
    };
  }

  private void event(String data, Question question) {
    if (data.equals("[DONE]")) {
      question.streamed();
      return;
    }
    try {
      JsonNode chunk = json.readTree(data);
      if (chunk.hasNonNull("error")) {
        question.fail(ProviderFailure.broken(said(chunk)));
      } else if (chunk.isObject()) {
        question.piece(chunk);
      } else {
        question.fail(ProviderFailure.broken("an event of the stream is no JSON object"));
      }
    } catch (JsonProcessingException e) {
      question.fail(ProviderFailure.broken("an event of the stream is no JSON"));
    }
  }

  private Consumer<Optional<byte[]>> whole(HttpResponse.ResponseInfo head, Question question) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    return bytes ->
        bytes.ifPresentOrElse(
            part -> {
              if (body.size() + part.length > MOST_BYTES) {
                question.fail(ProviderFailure.broken("the answer is too long"));
              } else {
                body.writeBytes(part);
              }
            },
            () -> whole(head, body.toString(StandardCharsets.UTF_8), question));
  }

  private void whole(HttpResponse.ResponseInfo head, String body, Question question) {
    JsonNode answer;
    try {
      answer = json.readTree(body);
    } catch (JsonProcessingException e) {
      answer = json.missingNode();
    }
    int status = head.statusCode();
    if (status != 200) {
      question.fail(
          ProviderFailure.ofStatus(
              status, head.headers().firstValue("Retry-After").orElse(null), said(answer)));
    } else if (answer instanceof ObjectNode completion && completion.path("choices").isArray()) {
      question.answer(completion);
    } else {
      question.fail(ProviderFailure.broken("the answer is no chat completion"));
    }
  }

  /** A provider's own explanation; empty when there is none. */
  static String said(JsonNode answer) {
    JsonNode error = answer.path("error");
    String text = error.path("message").asText(error.asText(""));
    return text.length() > 300 ? text.substring(0, 300) : text;
  }
}
