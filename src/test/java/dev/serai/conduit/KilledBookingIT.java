package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.RabbitPerClass;
import dev.serai.support.SeraiProcess;
import dev.serai.support.TestPack;
import dev.serai.support.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed after it has booked and before it has told the new total. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledBookingIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String SPEND = "/conduit/virtual-keys/vk-1/spend";

  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  @Test
  void leaves_one_booking_and_a_total_that_is_told_later(@TempDir Path folder) throws Exception {
    killAfterBooking(folder, Map.of("serai.broker.mode", "embedded"));
  }

  @Test
  void leaves_them_on_rabbitmq_and_postgres_too(@TempDir Path folder) throws Exception {
    killAfterBooking(
        folder,
        Map.of("serai.broker.uri", rabbit.uri(), "serai.db.url", TestPostgres.emptyDatabase()));
  }

  private static void killAfterBooking(Path folder, Map<String, String> where) throws Exception {
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
    Files.createDirectory(routes.resolve("totals"));
    Files.writeString(
        routes.resolve("totals/topology.yaml"),
        "queues: {totals: {bindings: [{exchange: conduit-events, key: virtual-key.spend-updated}]}}");
    Map<String, String> settings = new LinkedHashMap<>(where);
    settings.put("serai.routes", routes.toString());
    settings.put("conduit.spend.look", "100ms");
    settings.put("conduit.spend.tell-after", "1s");

    try (SeraiProcess serai = SeraiProcess.start(folder.resolve("data"), settings)) {
      serai.post(
          "/conduit/events/virtual-key.spend-requested",
          "{\"virtualKeyId\":\"vk-1\",\"amount\":1.5,\"eventId\":\"s1\"}");
      await().atMost(LONG).until(() -> serai.get(SPEND).body().contains("\"bookings\":1"));
      assertThat(told(serai)).isZero();
      serai.kill();
      Files.writeString(tell, shipped);
      serai.restart();

      await().atMost(LONG).until(() -> told(serai) >= 1);
      assertThat(serai.get(SPEND).body()).contains("\"bookings\":1", "\"total\":1.5");
    }
  }

  /** Messages of the queue that gets each total which is told. */
  private static int told(SeraiProcess serai) throws Exception {
    for (JsonNode queue :
        new ObjectMapper().readTree(serai.operatorGet("/topology").body()).path("queues")) {
      if (queue.path("name").asText().equals("totals")) {
        return queue.path("messages").asInt();
      }
    }
    return 0;
  }
}
