package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client of GET /ws sees when its connection is as old as it may be. */
@Timeout(120)
class WebSocketAgeIT {

  @Test
  void a_connection_ends_at_its_age_with_a_code_and_a_reason(@TempDir Path data) throws Exception {
    Vertx vertx = Vertx.vertx();
    WebSocketClient client = vertx.createWebSocketClient();
    try (SeraiApp serai =
        SeraiApp.start(data, Map.of("serai.packs", "helixagent", "streams.max-age", "1s"))) {
      WebSocket socket =
          client
              .connect(serai.port(), "localhost", "/ws")
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);

      await().atMost(Duration.ofSeconds(30)).until(socket::isClosed);
      assertThat(socket.closeStatusCode()).isEqualTo((short) 1001);
      assertThat(socket.closeReason()).isEqualTo("age");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }
}
