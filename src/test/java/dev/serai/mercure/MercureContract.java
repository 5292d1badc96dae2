package dev.serai.mercure;

import static dev.serai.mercure.MercureClient.bearer;
import static dev.serai.mercure.MercureClient.encoded;
import static dev.serai.mercure.MercureClient.reader;
import static dev.serai.mercure.MercureClient.writer;
import static dev.serai.mercure.TestTokens.claims;
import static dev.serai.mercure.TestTokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.serai.hub.Hub;
import dev.serai.support.SeraiApp;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients of Mercure see. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class MercureContract {
  private final String name = "https://example.com/" + UUID.randomUUID();
  private SeraiApp serai;
  private MercureClient client;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "");
    settings.put("serai.mercure.publisher.key", TestTokens.SECRET);
    settings.put("serai.mercure.subscriber.key", TestTokens.SECRET);
    settings.put("serai.mercure.public-url", TestTokens.HUB);
    settings.put("serai.http.cors-origins", "https://app.example.com");
    serai = SeraiApp.start(data, settings);
    client = new MercureClient(serai.port());
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @Test
  void an_update_reaches_each_who_selects_one_of_its_topics() throws Exception {
    MercureClient.Stream exact = client.follow("topic=" + encoded(name + "/1"), reader("x"));
    MercureClient.Stream template = client.follow("topic=" + encoded(name + "/{id}"), reader("x"));
    MercureClient.Stream pattern =
        client.follow("match_urlpattern=" + encoded(name + "/:id(\\d+)"), reader("x"));
    MercureClient.Stream other = client.follow("match=" + encoded(name + "/2"), reader("x"));

    HttpResponse<String> answer =
        client.publish("topic=" + encoded(name + "/1") + "&data=hello&type=t", writer());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.body()).startsWith("urn:uuid:");
    for (MercureClient.Stream stream : List.of(exact, template, pattern)) {
      stream.awaits("data: hello");
      assertThat(stream.lines).contains("id: " + answer.body(), "event: t");
    }
    client.publish("topic=" + encoded(name + "/2") + "&data=other", writer());
    other.awaits("data: other");
    assertThat(other.lines).doesNotContain("data: hello");
  }

  @Test
  void a_private_update_reaches_only_those_who_have_leave() throws Exception {
    String topic = name + "/private";
    MercureClient.Stream allowed =
        client.follow("topic=" + encoded(topic), reader(name + "/{any}"));
    MercureClient.Stream curious = client.follow("topic=*", reader(name + "/other"));

    client.publish("topic=" + encoded(topic) + "&data=secret&private=on", writer());
    client.publish("topic=" + encoded(topic) + "&data=known", writer());

    allowed.awaits("data: known");
    curious.awaits("data: known");
    assertThat(allowed.lines).contains("data: secret");
    assertThat(curious.lines).doesNotContain("data: secret");
  }

  @Test
  void a_client_that_comes_back_is_told_what_it_missed_in_either_dialect() throws Exception {
    String topic = encoded(name + "/resume");
    String first = client.publish("topic=" + topic + "&data=1", writer()).body();
    client.publish("topic=" + topic + "&data=2&id=mine-" + topic, writer());
    client.publish("topic=" + topic + "&data=kept&private=1", writer());

    for (String query : List.of("lastEventID=", "last_event_id=")) {
      MercureClient.Stream stream =
          client.follow("match=" + topic + "&" + query + encoded(first), reader("x"));
      stream.awaits("data: 2");
      assertThat(stream.lines).doesNotContain("data: 1", "data: kept");
      assertThat(stream.header("Last-Event-ID")).isEqualTo(first);
      assertThat(stream.header("Mercure-Last-Event-ID")).isEqualTo(first);
    }
    MercureClient.Stream lost =
        client.follow("match=" + topic + "&lastEventID=unknown", reader(name + "/resume"));
    lost.awaits("data: kept");
    assertThat(lost.header("Last-Event-ID")).isEqualTo("earliest");
  }

  @Test
  void the_stream_ends_with_its_token() throws Exception {
    JWTClaimsSet claims =
        claims(List.of(), List.of("*"))
            .expirationTime(Date.from(Instant.now().plusSeconds(3)))
            .build();
    MercureClient.Stream stream = client.follow("topic=x", bearer(claims));

    stream.end.get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_cookie_and_the_address_may_hold_the_token_too() throws Exception {
    String token = signed(claims(List.of("*"), List.of("*")).build());

    assertThat(client.status("topic=x", "Cookie", "a=b; mercureAuthorization=" + token))
        .isEqualTo(200);
    assertThat(client.status("topic=x", "Cookie", "__Secure-mercure_access_token=" + token))
        .isEqualTo(200);
    assertThat(client.status("topic=x&authorization=" + token)).isEqualTo(200);
    assertThat(client.publish("topic=x", "Cookie", "mercureAuthorization=" + token).statusCode())
        .isEqualTo(403);
    assertThat(
            client
                .send(
                    client
                        .request("a;Origin=https://app.example.com&Origin=https://app.example.com")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", "mercureAuthorization=" + token)
                        .POST(HttpRequest.BodyPublishers.ofString("topic=x"))
                        .build())
                .statusCode())
        .isEqualTo(403);
    String[] known = {
      "Cookie", "mercureAuthorization=" + token, "Origin", "https://app.example.com"
    };
    assertThat(client.publish("topic=x", known).statusCode()).isEqualTo(200);
  }

  @Test
  void without_a_good_token_nobody_is_let_in() throws Exception {
    HttpResponse<String> none = client.publish("topic=x");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.body()).contains("\"code\":\"missing-token\"");
    assertThat(none.headers().firstValue("WWW-Authenticate"))
        .contains(
            "Bearer resource_metadata=\"https://hub.example.com/.well-known/oauth-protected-resource"
                + "/.well-known/mercure\"");

    HttpResponse<String> bad = client.publish("topic=x", "Authorization", "Bearer x.y.z");
    assertThat(bad.statusCode()).isEqualTo(401);
    assertThat(bad.body()).contains("\"code\":\"invalid-token\"");
    assertThat(bad.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("error=\"invalid_token\"");
    assertThat(client.publish("topic=x", "Authorization", "Basic eDp5").statusCode())
        .isEqualTo(401);

    HttpResponse<String> other =
        client.publish("topic=x&topic=y", bearer(claims(List.of("x"), List.of()).build()));
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("error=\"insufficient_scope\"");
    assertThat(client.status("topic=x")).isEqualTo(401);
  }

  @Test
  void what_cannot_be_is_refused() throws Exception {
    for (String query :
        List.of(
            "",
            "x=y",
            "topic=",
            "match_regexp=x",
            "MATCH=x",
            "match_urlpattern=/:",
            "topic=%0A",
            "topic=x&lastEventID=%0A",
            "topic=%zz",
            "topic=x" + "&topic=x".repeat(100))) {
      assertThat(client.status(query, writer())).as(query).isEqualTo(400);
    }
    assertThat(client.publish("data=x", writer()).statusCode()).isEqualTo(400);
    HttpResponse<String> json =
        client.send(
            client
                .request("")
                .header("Content-Type", "application/json")
                .headers(writer())
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertThat(json.statusCode()).isEqualTo(415);
    assertThat(client.publish("topic=x&data=" + "a".repeat(1_100_000), writer()).statusCode())
        .isEqualTo(413);
  }

  @Test
  void who_follows_is_not_shown_unless_a_setting_says_so() throws Exception {
    HttpResponse<String> answer = client.get("/.well-known/mercure/subscriptions", reader("*"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"code\":\"subscriptions-hidden\"");
  }

  @Test
  void a_publisher_is_asked_to_come_again_while_the_hub_is_stopped() throws Exception {
    Hub hub = serai.bean(Hub.class);
    hub.stop();

    HttpResponse<String> refused = client.publish("topic=x", writer());
    hub.start();

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("\"code\":\"streams-unavailable\"");
    assertThat(refused.headers().firstValue("Retry-After")).contains("5");
    assertThat(client.publish("topic=x", writer()).statusCode()).isEqualTo(200);
  }

  @Test
  void says_what_it_takes_before_a_client_has_a_token() throws Exception {
    HttpResponse<String> metadata =
        serai.get("/.well-known/oauth-protected-resource/.well-known/mercure");

    assertThat(metadata.body())
        .contains("\"resource\":\"" + TestTokens.HUB + "\"")
        .contains("\"mercure_subscriptions\":false")
        .contains("\"mercure_matcher_types_supported\":[\"exact\",\"urlpattern\"]");
    assertThat(client.follow("topic=x", reader("x")).header("Link"))
        .isEqualTo("<" + TestTokens.HUB + ">; rel=\"mercure\"");
  }
}
