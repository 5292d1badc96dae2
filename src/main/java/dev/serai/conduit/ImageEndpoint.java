package dev.serai.conduit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.delivery.RetryAfterException;
import dev.serai.files.TimeText;
import dev.serai.http.WholeCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** An endpoint that makes images as OpenAI's does, as {@code conduit.image.*} says. Thread-safe. */
@Component
class ImageEndpoint {
  private static final Set<Integer> BUSY = Set.of(408, 425, 429);
  private static final int MOST_BYTES = 8 * 1024 * 1024; // of an answer; it becomes a message
  private static final int LONGEST_REASON = 300;

  private final Environment settings;
  private final WholeCalls calls =
      new WholeCalls(
          "the endpoint",
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(10))
              .build());

  ImageEndpoint(Environment settings) {
    this.settings = settings;
  }

  private String setting(String key) {
    return settings.getProperty("conduit.image." + key, "").strip();
  }

  /**
   * Asks for images.
   *
   * @return the answer, whose {@code data} is an array
   * @throws PoisonMessageException if it says that the request is wrong
   * @throws IOException if it could not make them now
   */
  JsonNode ask(ObjectNode request) throws IOException, InterruptedException {
    ObjectNode body = request.deepCopy();
    if (!body.has("model") && !setting("model").isEmpty()) {
      body.put("model", setting("model"));
    }
    String url = setting("base-url").replaceFirst("/+$", "") + "/images/generations";
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    String variable = setting("key-variable");
    String key = variable.isEmpty() ? "" : settings.getProperty(variable, "");
    if (!key.isEmpty()) {
      asked.header("Authorization", "Bearer " + key);
    }
    Duration patience = TimeText.read(setting("timeout")).orElse(Duration.ofMinutes(5));
    return read(calls.call(asked.build(), MOST_BYTES, patience));
  }

  private static JsonNode read(WholeCalls.Answer said) throws IOException {
    int status = said.status();
    if (status == 200 && !said.whole()) {
      throw new PoisonMessageException(
          "image-refused: the answer is over 8 MiB; ask for response_format url");
    }
    JsonNode answer = json(said.body());
    if (status == 200 && answer.path("data").isArray()) {
      return answer;
    }
    String reason = answer.at("/error/message").asText("");
    String wrong =
        "the endpoint answered %d %s"
            .formatted(status, reason.substring(0, Math.min(LONGEST_REASON, reason.length())))
            .strip();
    if (BUSY.contains(status)) {
      throw RetryAfterException.ofHeader(
          wrong, said.headers().firstValue("Retry-After").orElse(null));
    }
    if (status >= 400 && status < 500) {
      throw new PoisonMessageException("image-refused: " + wrong);
    }
    throw new IOException(wrong);
  }

  private static JsonNode json(byte[] bytes) throws IOException {
    try {
      JsonNode answer = EventBody.JSON.readTree(bytes);
      return answer == null ? EventBody.JSON.missingNode() : answer;
    } catch (JsonProcessingException e) {
      return EventBody.JSON.missingNode();
    }
  }
}
