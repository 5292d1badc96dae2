package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiProcess;
import dev.serai.support.TestPack;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed after it has booked and before it has told the new total. */
@Timeout(120)
class KilledBookingIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String SPEND = "/conduit/virtual-keys/vk-1/spend";

  @Test
  void leaves_one_booking_and_a_total_that_is_told_later(@TempDir Path folder) throws Exception {
    Path routes = folder.resolve("routes");
    TestPack.installShipped(routes, "shared");
    TestPack.installShipped(routes, "conduit");
    Path tell = routes.resolve("conduit/tell-spend.camel.yaml");
    String shipped = Files.readString(tell);
    Files.writeString(
        tell,
        shipped.replace(
            "      steps:\n        - split:",
            "      steps:\n        - delay:\n            constant: 60000\n        - split:"));
    // Whoever follows the topic sees each total that was told.
    Map<String, String> settings =
        Map.of(
            "serai.routes", routes.toString(),
            "serai.broker.mode", "embedded",
            "conduit.spend.look", "100ms",
            "conduit.spend.tell-after", "1s");

    try (SeraiProcess serai = SeraiProcess.start(folder.resolve("data"), settings)) {
      serai.post(
          "/conduit/events/virtual-key.spend-requested",
          "{\"virtualKeyId\":\"vk-1\",\"amount\":1.5,\"eventId\":\"s1\"}");
      await().atMost(LONG).until(() -> serai.get(SPEND).body().contains("\"bookings\":1"));
      serai.kill();
      Files.writeString(tell, shipped);
      serai.restart();

      await().atMost(LONG).until(() -> told(serai).contains("\"virtualKeyId\":\"vk-1\""));
      assertThat(serai.get(SPEND).body()).contains("\"bookings\":1", "\"total\":1.5");
    }
  }

  /** What the topic of the caches was told, from its history. */
  private static String told(SeraiProcess serai) throws Exception {
    StringBuilder told = new StringBuilder();
    try (Socket socket = new Socket("127.0.0.1", serai.port())) {
      socket.setSoTimeout(500);
      socket
          .getOutputStream()
          .write(
              "GET /stream?topic=conduit/cache&lastEventID=earliest HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      for (int next = socket.getInputStream().read();
          next >= 0;
          next = socket.getInputStream().read()) {
        told.append((char) next);
      }
    } catch (SocketTimeoutException e) {
      return told.toString(); // all of it
    }
    return told.toString();
  }
}
