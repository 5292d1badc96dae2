package dev.serai.mercure;

import static dev.serai.mercure.MercureClient.bearer;
import static dev.serai.mercure.MercureClient.encoded;
import static dev.serai.mercure.MercureClient.reader;
import static dev.serai.mercure.MercureClient.writer;
import static dev.serai.mercure.TestTokens.claims;
import static dev.serai.mercure.TestTokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.serai.hub.Channel;
import dev.serai.hub.Hub;
import dev.serai.hub.Update;
import dev.serai.mercure.MercureClient.Stream;
import dev.serai.support.EmbeddedSerai;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tokens are good for at {@code GET /stream} and {@code GET /ws}. */
@Timeout(60)
class RightsIT {
  @RegisterExtension
  static final EmbeddedSerai serai = new EmbeddedSerai(TestTokens.arguments(/* presence= */ false));

  private final MercureClient client = new MercureClient(serai.port());
  private final String topic = "https://example.com/" + UUID.randomUUID();

  @Test
  void a_stream_tells_private_updates_to_those_who_have_leave() throws Exception {
    String query = "topic=" + encoded(topic);
    String token = signed(claims(List.of(), List.of(topic)).build());
    String[] cookie = {"Cookie", "mercureAuthorization=" + token};
    List<Stream> allowed =
        List.of(
            client.stream(query, reader(topic)),
            client.stream(query, cookie),
            client.stream(query + "&authorization=" + token));
    List<Stream> curious =
        List.of(client.stream(query), client.stream("topic=*", reader(topic + "/other")));

    publish(query + "&data=secret&private=on");
    publish(query + "&data=known");

    for (Stream stream : allowed) {
      stream.awaits("data: known");
      assertThat(stream.lines).contains("data: secret");
    }
    for (Stream stream : curious) {
      stream.awaits("data: known");
      assertThat(stream.lines).doesNotContain("data: secret");
    }
  }

  @Test
  void a_stream_follows_templates_and_patterns() throws Exception {
    Stream template = client.stream("topic=" + encoded(topic + "/{id}"));
    Stream pattern = client.stream("match_urlpattern=" + encoded(topic + "/:id(\\d+)"));
    Stream other = client.stream("match=" + encoded(topic + "/{id}"));

    publish("topic=" + encoded(topic + "/1") + "&data=one");
    publish("topic=" + encoded(topic + "/{id}") + "&data=exactly");

    template.awaits("data: exactly");
    other.awaits("data: exactly");
    pattern.awaits("data: one");
    assertThat(template.lines).contains("data: one");
    assertThat(other.lines).doesNotContain("data: one");
    assertThat(pattern.lines).doesNotContain("data: exactly");
    assertThat(client.get("/stream?match_regexp=x").statusCode()).isEqualTo(400);
  }

  @Test
  void a_websocket_tells_private_updates_to_those_who_have_leave() throws Exception {
    String query = "?topic=" + encoded(topic);
    Talker allowed = talk(query, reader(topic));
    String token = signed(claims(List.of(), List.of(topic)).build());
    Talker byAddress = talk(query + "&authorization=" + token);
    Talker curious = talk(query);

    tell("secret", true);
    tell("known", false);

    for (Talker talker : List.of(allowed, byAddress)) {
      talker.awaits("known");
      assertThat(talker.heard).anyMatch(frame -> frame.contains("secret"));
    }
    curious.awaits("known");
    assertThat(curious.heard).noneMatch(frame -> frame.contains("secret"));
  }

  @Test
  void a_token_that_is_not_good_is_refused_at_both() throws Exception {
    JWTClaimsSet expired =
        claims(List.of(), List.of("*"))
            .expirationTime(Date.from(Instant.now().minusSeconds(60)))
            .build();

    for (String[] token : List.of(bearer(expired), new String[] {"Authorization", "Bearer x"})) {
      HttpResponse<String> refused = client.get("/stream?topic=x", token);

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("\"code\":\"invalid-token\"");
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
          .contains("error=\"invalid_token\"");
      assertThatThrownBy(() -> talk("?topic=x", token))
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              failure -> assertThat(failure.getResponse().statusCode()).isEqualTo(401));
    }
  }

  @Test
  void both_end_with_the_token() throws Exception {
    String[] soon =
        bearer(
            claims(List.of(), List.of("*"))
                .expirationTime(Date.from(Instant.now().plusSeconds(3)))
                .build());
    Stream stream = client.stream("topic=" + encoded(topic), soon);
    Talker talker = talk("?topic=x", soon);

    stream.end.get(20, TimeUnit.SECONDS);
    assertThat(stream.lines).contains(": closed: expired");
    assertThat(talker.closed.get(20, TimeUnit.SECONDS)).isEqualTo("1008 expired");
  }

  private void publish(String form) throws Exception {
    assertThat(client.publish(form, writer()).statusCode()).isEqualTo(200);
  }

  private void tell(String data, boolean isPrivate) throws Exception {
    serai
        .bean(Hub.class)
        .publish(
            Channel.WEBSOCKET, new Update(List.of(topic), data, isPrivate, null, null, null), null)
        .get(20, TimeUnit.SECONDS);
  }

  private static Talker talk(String query, String... headers) throws Exception {
    Talker talker = new Talker();
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    try {
      URI address = URI.create("ws://127.0.0.1:" + serai.port() + "/ws" + query);
      builder.buildAsync(address, talker).get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    return talker;
  }

  /** What somebody hears over WebSocket; frames are small enough to come in one piece. */
  private static final class Talker implements WebSocket.Listener {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();

    void awaits(String text) {
      await().until(() -> heard.stream().anyMatch(frame -> frame.contains(text)));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      heard.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code + " " + reason);
      return null;
    }
  }
}
