package dev.serai.bloodbank;

import static dev.serai.bloodbank.Bus.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the seed's variable names a broker that is not there. */
@Timeout(60)
class BloodbankBrokerAwayIT {

  /** One that nobody listens to. */
  private static int port() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void says_so_as_the_seed_does_without_the_password(@TempDir Path folder) throws Exception {
    int port = port();
    try (Bus bus =
        new Bus(
            folder,
            Map.of(
                "RABBIT_URL",
                "amqp://somebody:secret@127.0.0.1:%d/".formatted(port),
                "serai.broker.publish-timeout",
                "500ms"))) {

      HttpResponse<String> health = bus.get("/bloodbank/health");
      HttpResponse<String> event = bus.post("/bloodbank/events/a.b.c", "{\"payload\":{}}");
      HttpResponse<String> subscription =
          bus.post("/bloodbank/subscriptions", "{\"pattern\":\"#\",\"queue\":\"mine\"}");

      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(json(health).path("status").asText()).isEqualTo("unhealthy");
      assertThat(json(health).path("error").asText())
          .startsWith("Failed to connect to RabbitMQ at 'amqp://127.0.0.1:%d/': ".formatted(port))
          .contains("Connection refused")
          .doesNotContain("secret");
      assertThat(event.statusCode()).isEqualTo(503);
      assertThat(event.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(subscription.statusCode()).as(subscription.body()).isEqualTo(503);
      assertThat(json(bus.get("/bloodbank/subscriptions")).path("items")).isEmpty();
    }
  }
}
