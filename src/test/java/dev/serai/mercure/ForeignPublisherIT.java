package dev.serai.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.ClientScript;
import dev.serai.support.EmbeddedSerai;
import java.net.URLEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Symfony's client publishes, and eventsource follows as a browser would. */
@Timeout(120)
class ForeignPublisherIT {
  @RegisterExtension
  static final EmbeddedSerai serai = new EmbeddedSerai(TestTokens.arguments(/* presence= */ false));

  @Test
  void a_private_update_reaches_whoever_has_leave_and_nobody_else() throws Exception {
    String topics = "topic=" + encoded("https://example.com/books/{id}");
    String leave = token(List.of(), List.of("https://example.com/books/{id}"));
    String none = token(List.of(), List.of("https://example.com/other"));
    try (ClientScript reader = follow(topics + "&authorization=" + leave);
        ClientScript stranger = follow(topics + "&authorization=" + none)) {
      String secret =
          """
          {"topics": ["https://example.com/books/1", "https://example.com/all"],
           "data": "Zoë\\nreads", "private": true, "id": "urn:x:1", "type": "changed"}""";
      String open =
          """
          {"topics": ["https://example.com/books/2"], "data": "for all", "type": "changed"}""";

      JsonNode answer = publish(token(List.of("*"), List.of()), secret);
      JsonNode other = publish(token(List.of("*"), List.of()), open);

      assertThat(answer.path("id").asText()).isEqualTo("urn:x:1");
      JsonNode heard = reader.next();
      assertThat(heard.path("id").asText()).isEqualTo("urn:x:1");
      assertThat(heard.path("data").asText()).isEqualTo("Zoë\nreads");
      JsonNode first = stranger.next();
      assertThat(first.path("data").asText()).isEqualTo("for all");
      assertThat(first.path("id").asText()).isEqualTo(other.path("id").asText());
    }
  }

  @Test
  void an_update_without_leave_is_refused() throws Exception {
    String update = "{\"topics\": [\"https://example.com/books/1\"], \"data\": \"x\"}";

    JsonNode answer = publish(token(List.of("https://example.com/other"), List.of()), update);

    assertThat(answer.path("refused").asText()).contains("does not allow to publish");
  }

  private static ClientScript follow(String query) throws Exception {
    ClientScript client =
        ClientScript.node("follow.mjs", "eventsource", hub() + "?" + query, "changed");
    JsonNode said = client.next();
    assertThat(said.path("open").asInt()).as(said.toString()).isEqualTo(1);
    return client;
  }

  private static JsonNode publish(String token, String update) throws Exception {
    try (ClientScript client = ClientScript.php("publish.php", hub(), token, update)) {
      return client.next();
    }
  }

  private static String hub() {
    return "http://127.0.0.1:%d/.well-known/mercure".formatted(serai.port());
  }

  private static String token(List<String> publish, List<String> subscribe) {
    return TestTokens.signed(TestTokens.claims(publish, subscribe).build());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
