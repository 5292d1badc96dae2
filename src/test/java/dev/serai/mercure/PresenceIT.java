package dev.serai.mercure;

import static dev.serai.mercure.MercureClient.bearer;
import static dev.serai.mercure.MercureClient.encoded;
import static dev.serai.mercure.MercureClient.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.serai.mercure.MercureClient.Stream;
import dev.serai.support.EmbeddedSerai;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who follows the Mercure hub, as others see it. */
@Timeout(60)
class PresenceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL = "/.well-known/mercure/subscriptions";
  private static final String TEMPLATE = ALL + "{/topic}{/subscriber}";

  @RegisterExtension
  static final EmbeddedSerai serai = new EmbeddedSerai(TestTokens.arguments(/* presence= */ true));

  private final MercureClient client = new MercureClient(serai.port());
  private final String topic = "https://example.com/" + UUID.randomUUID();

  @Test
  void whoever_has_leave_hears_who_comes_and_goes() throws Exception {
    Stream watcher = client.follow("topic=" + encoded(TEMPLATE), reader(TEMPLATE));
    Stream curious = client.follow("topic=*", reader(topic));
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .claim("mercure", Map.of("payload", Map.of("name", "Zoë")))
            .build();

    Stream follower = client.follow("topic=" + encoded(topic), bearer(claims));
    JsonNode came = event(watcher, true);
    follower.close();
    JsonNode went = event(watcher, false);

    String path = ALL + "/" + encoded(topic) + "/" + encoded(came.path("subscriber").asText());
    assertThat(came.path("id").asText()).isEqualTo(path);
    assertThat(came.path("type").asText()).isEqualTo("Subscription");
    assertThat(came.path("payload").path("name").asText()).isEqualTo("Zoë");
    assertThat(went.path("id")).isEqualTo(came.path("id"));
    assertThat(curious.lines).noneMatch(line -> line.contains("active"));
  }

  @Test
  void version_1_has_names_and_a_type_of_its_own() throws Exception {
    Stream watcher = client.follow("match_urlpattern=" + encoded(ALL + "/*"), reader("*"));

    try (Stream follower =
        client.follow("match_urlpattern=" + encoded(topic + "/:id"), reader("x"))) {
      JsonNode came = event(watcher, true);

      assertThat(follower.header("Link")).contains("rel=\"mercure\"");
      assertThat(came.path("type").asText()).isEqualTo("subscription");
      assertThat(came.path("match_type").asText()).isEqualTo("urlpattern");
      assertThat(came.path("match").asText()).isEqualTo(topic + "/:id");
      assertThat(came.path("id").asText())
          .startsWith(ALL + "/urlpattern/" + encoded(topic + "/:id") + "/urn%3Auuid%3A");
      assertThat(watcher.lines).contains("event: mercure");
      JsonNode one = JSON.readTree(client.get(came.path("id").asText(), reader("*")).body());
      assertThat(one).isEqualTo(came);
    }
  }

  @Test
  void who_is_there_can_be_asked_for() throws Exception {
    String path = ALL + "/" + encoded(topic);
    try (Stream follower =
        client.follow("topic=" + encoded(topic) + "&match=" + encoded(topic), reader("x"))) {
      assertThat(follower.header("Link")).isNotEmpty();
      await().until(() -> !list(path).isEmpty());

      HttpResponse<String> all = client.get(ALL, reader(TEMPLATE));
      JsonNode content = JSON.readTree(all.body());

      assertThat(all.headers().firstValue("Content-Type")).contains("application/ld+json");
      assertThat(all.headers().firstValue("Link").orElse(""))
          .isEqualTo(
              "<%s>; rel=\"mercure\"; last-event-id=\"%s\"; type=\"mercure\"; content-type=\"application/json\""
                  .formatted(TestTokens.HUB, content.path("lastEventID").asText()));
      assertThat(content.path("subscriptions").findValuesAsText("id"))
          .anyMatch(id -> id.startsWith(path + "/"))
          .anyMatch(id -> id.startsWith(ALL + "/exact/" + encoded(topic) + "/"));
      assertThat(list(path)).hasSize(1);
      assertThat(list(ALL + "/exact/" + encoded(topic))).hasSize(1);
    }
    await().until(() -> list(path).isEmpty());
  }

  @Test
  void a_token_sees_what_it_names() throws Exception {
    String path = ALL + "/" + encoded(topic);

    assertThat(client.get(ALL).statusCode()).isEqualTo(401);
    assertThat(client.get(ALL, reader(topic)).body()).contains("\"code\":\"insufficient-scope\"");
    assertThat(client.get(ALL, reader(path)).statusCode()).isEqualTo(403);
    assertThat(client.get(path, reader(path)).statusCode()).isEqualTo(200);
    HttpResponse<String> unknown = client.get(path + "/x", reader(path + "/x"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("\"code\":\"unknown-subscription\"");
  }

  private List<JsonNode> list(String path) throws Exception {
    HttpResponse<String> answer = client.get(path, reader("*"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<JsonNode> list = new ArrayList<>();
    JSON.readTree(answer.body()).path("subscriptions").forEach(list::add);
    return list;
  }

  /** The first event about this test's topic. */
  private JsonNode event(Stream watcher, boolean active) throws Exception {
    String part = encoded(topic);
    String wanted = "\"active\":" + active;
    await()
        .until(
            () ->
                watcher.lines.stream()
                    .anyMatch(line -> line.contains(part) && line.contains(wanted)));
    return JSON.readTree(
        watcher.lines.stream()
            .filter(line -> line.contains(part) && line.contains(wanted))
            .findFirst()
            .orElseThrow()
            .substring("data: ".length()));
  }
}
