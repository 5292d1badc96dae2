package dev.serai.mercure;

import static dev.serai.mercure.TestTokens.claims;
import static dev.serai.mercure.TestTokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private static final String HUB = "/.well-known/mercure";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String name = "https://example.com/" + UUID.randomUUID();
  private SeraiApp serai;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "");
    settings.put("serai.mercure.publisher.key", TestTokens.SECRET);
    settings.put("serai.mercure.subscriber.key", TestTokens.SECRET);
    settings.put("serai.mercure.public-url", TestTokens.HUB);
    settings.put("serai.mercure.origins", "https://app.example.com");
    settings.put("serai.http.cors-origins", "https://app.example.com");
    serai = SeraiApp.start(data, settings);
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @Test
  void an_update_reaches_each_who_selects_one_of_its_topics() throws Exception {
    Stream exact = follow("topic=" + encoded(name + "/1"), reader("x"));
    Stream template = follow("topic=" + encoded(name + "/{id}"), reader("x"));
    Stream pattern = follow("match_urlpattern=" + encoded(name + "/:id(\\d+)"), reader("x"));
    Stream other = follow("match=" + encoded(name + "/2"), reader("x"));

    HttpResponse<String> answer =
        publish("topic=" + encoded(name + "/1") + "&data=hello&type=t", writer());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.body()).startsWith("urn:uuid:");
    for (Stream stream : List.of(exact, template, pattern)) {
      stream.awaits("data: hello");
      assertThat(stream.lines).contains("id: " + answer.body(), "event: t");
    }
    publish("topic=" + encoded(name + "/2") + "&data=other", writer());
    other.awaits("data: other");
    assertThat(other.lines).doesNotContain("data: hello");
  }

  @Test
  void a_private_update_reaches_only_those_who_have_leave() throws Exception {
    String topic = name + "/private";
    Stream allowed = follow("topic=" + encoded(topic), reader(name + "/{any}"));
    Stream curious = follow("topic=*", reader(name + "/other"));

    publish("topic=" + encoded(topic) + "&data=secret&private=on", writer());
    publish("topic=" + encoded(topic) + "&data=known", writer());

    allowed.awaits("data: known");
    curious.awaits("data: known");
    assertThat(allowed.lines).contains("data: secret");
    assertThat(curious.lines).doesNotContain("data: secret");
  }

  @Test
  void a_client_that_comes_back_is_told_what_it_missed_in_either_dialect() throws Exception {
    String topic = encoded(name + "/resume");
    String first = publish("topic=" + topic + "&data=1", writer()).body();
    publish("topic=" + topic + "&data=2&id=mine-" + topic, writer());
    publish("topic=" + topic + "&data=kept&private=1", writer());

    for (String query : List.of("lastEventID=", "last_event_id=")) {
      Stream stream = follow("match=" + topic + "&" + query + encoded(first), reader("x"));
      stream.awaits("data: 2");
      assertThat(stream.lines).doesNotContain("data: 1", "data: kept");
      assertThat(stream.header("Last-Event-ID")).isEqualTo(first);
      assertThat(stream.header("Mercure-Last-Event-ID")).isEqualTo(first);
    }
    Stream lost = follow("match=" + topic + "&lastEventID=unknown", reader(name + "/resume"));
    lost.awaits("data: kept");
    assertThat(lost.header("Last-Event-ID")).isEqualTo("earliest");
  }

  @Test
  void the_stream_ends_with_its_token() throws Exception {
    JWTClaimsSet claims =
        claims(List.of(), List.of("*"))
            .expirationTime(Date.from(Instant.now().plusSeconds(3)))
            .build();
    Stream stream = follow("topic=x", bearer(claims));

    stream.end.get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_cookie_and_the_address_may_hold_the_token_too() throws Exception {
    String token = signed(claims(List.of("*"), List.of("*")).build());

    assertThat(status("topic=x", "Cookie", "a=b; mercureAuthorization=" + token)).isEqualTo(200);
    assertThat(status("topic=x", "Cookie", "__Secure-mercure_access_token=" + token))
        .isEqualTo(200);
    assertThat(status("topic=x&authorization=" + token)).isEqualTo(200);
    assertThat(publish("topic=x", "Cookie", "mercureAuthorization=" + token).statusCode())
        .isEqualTo(403);
    assertThat(
            serai
                .send(
                    request("a;Origin=https://app.example.com&Origin=https://app.example.com")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", "mercureAuthorization=" + token)
                        .POST(HttpRequest.BodyPublishers.ofString("topic=x"))
                        .build())
                .statusCode())
        .isEqualTo(403);
    String[] known = {
      "Cookie", "mercureAuthorization=" + token, "Origin", "https://app.example.com"
    };
    assertThat(publish("topic=x", known).statusCode()).isEqualTo(200);
  }

  @Test
  void without_a_good_token_nobody_is_let_in() throws Exception {
    HttpResponse<String> none = publish("topic=x");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.body()).contains("\"code\":\"missing-token\"");
    assertThat(none.headers().firstValue("WWW-Authenticate"))
        .contains(
            "Bearer resource_metadata=\"https://hub.example.com/.well-known/oauth-protected-resource"
                + "/.well-known/mercure\"");

    HttpResponse<String> bad = publish("topic=x", "Authorization", "Bearer x.y.z");
    assertThat(bad.statusCode()).isEqualTo(401);
    assertThat(bad.body()).contains("\"code\":\"invalid-token\"");
    assertThat(bad.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("error=\"invalid_token\"");
    assertThat(publish("topic=x", "Authorization", "Basic eDp5").statusCode()).isEqualTo(401);

    HttpResponse<String> other =
        publish("topic=x&topic=y", bearer(claims(List.of("x"), List.of()).build()));
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("error=\"insufficient_scope\"");
    assertThat(status("topic=x")).isEqualTo(401);
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
      assertThat(status(query, writer())).as(query).isEqualTo(400);
    }
    assertThat(publish("data=x", writer()).statusCode()).isEqualTo(400);
    HttpResponse<String> json =
        serai.send(
            request("")
                .header("Content-Type", "application/json")
                .headers(writer())
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertThat(json.statusCode()).isEqualTo(415);
    assertThat(publish("topic=x&data=" + "a".repeat(1_100_000), writer()).statusCode())
        .isEqualTo(413);
  }

  @Test
  void says_what_it_takes_before_a_client_has_a_token() throws Exception {
    HttpResponse<String> metadata =
        serai.get("/.well-known/oauth-protected-resource/.well-known/mercure");

    assertThat(metadata.body())
        .contains("\"resource\":\"" + TestTokens.HUB + "\"")
        .contains("\"mercure_matcher_types_supported\":[\"exact\",\"urlpattern\"]");
    assertThat(follow("topic=x", reader("x")).header("Link"))
        .isEqualTo("<" + TestTokens.HUB + ">; rel=\"mercure\"");
  }

  private static String[] writer() {
    return bearer(claims(List.of("*"), List.of()).build());
  }

  private static String[] reader(String topic) {
    return bearer(claims(List.of(), List.of(topic)).build());
  }

  private static String[] bearer(JWTClaimsSet claims) {
    return new String[] {"Authorization", "Bearer " + signed(claims)};
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(
        URI.create(
            "http://127.0.0.1:" + serai.port() + HUB + (query.isEmpty() ? "" : "?" + raw(query))));
  }

  /** Java itself refuses what a client should be refused for. */
  private static String raw(String query) {
    return query.replace("{", "%7B").replace("}", "%7D").replace("%zz", "%FF");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> publish(String form, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return serai.send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  private int status(String query, String... headers) throws Exception {
    HttpRequest.Builder request = request(query);
    HttpResponse<java.io.InputStream> answer =
        http.send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  private Stream follow(String query, String[] headers) throws Exception {
    HttpResponse<java.util.stream.Stream<String>> answer =
        http.send(request(query).headers(headers).build(), HttpResponse.BodyHandlers.ofLines());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new Stream(answer);
  }

  /** What a subscriber hears, line by line. */
  private static final class Stream {
    private final HttpResponse<java.util.stream.Stream<String>> answer;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end;

    Stream(HttpResponse<java.util.stream.Stream<String>> answer) {
      this.answer = answer;
      this.end = new CompletableFuture<>();
      Thread reader =
          new Thread(
              () -> {
                try {
                  answer.body().forEach(lines::add);
                  end.complete(null);
                } catch (RuntimeException e) {
                  end.completeExceptionally(e);
                }
              });
      reader.setDaemon(true);
      reader.start();
    }

    String header(String name) {
      return answer.headers().firstValue(name).orElse("");
    }

    void awaits(String line) {
      await().until(() -> lines.contains(line));
    }
  }
}
