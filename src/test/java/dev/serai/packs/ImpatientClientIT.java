package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.http.HttpDoor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A client that goes away while its request waits for an edit does not hold up the next edit. */
class ImpatientClientIT extends EditContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }

  @Test
  void a_request_that_nobody_waits_for_any_more_is_not_waited_for_either() throws Exception {
    edited.edit(
        PING, text -> text.replace("steps:", "steps:\n        - delay: {constant: \"900\"}"));
    edited.apply();
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ping =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/swap/ping".formatted(edited.serai().port())))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    CompletableFuture<HttpResponse<String>> slow =
        client.sendAsync(ping, HttpResponse.BodyHandlers.ofString());
    await().until(() -> edited.route("swap-ping").path("inFlight").asInt() == 1);
    edited.edit(PING, text -> text.replace("900", "1"));
    CompletableFuture<Void> reload =
        CompletableFuture.runAsync(
            () -> {
              try {
                edited.apply();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> edited.serai().bean(HttpDoor.class).inside() == 1);

    assertThatThrownBy(
            () ->
                client.send(
                    HttpRequest.newBuilder(ping, (name, value) -> true)
                        .timeout(Duration.ofMillis(100))
                        .build(),
                    HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);

    reload.join();
    assertThat(slow.join().body()).isEqualTo("first");
    for (String edition : new String[] {"second", "third"}) {
      edited.edit(PING, text -> text.replaceFirst("first|second", edition));
      edited.apply();
      assertThat(edited.serai().post("/swap/ping", "{}").body()).isEqualTo(edition);
    }
  }
}
