package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.Sidecar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an answer is worth when the broker dies while events come in. */
@Timeout(180)
abstract class KilledBrokerContract {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 5_000;
  private static final int CONNECTIONS = 32;

  static final Map<String, String> SETTINGS =
      Map.of(
          "serai.packs", "debias",
          "serai.broker.publish-timeout", "2s",
          "serai.broker.reconnect-delay", "100ms",
          "debias.retry", "100ms, 200ms");

  /** Starts a Serai on a broker that can be killed; the test closes it. */
  abstract Sidecar start(Path data);

  /** SIGKILL for the broker. */
  abstract void kill();

  /** Starts the broker again on its data. */
  abstract void restart();

  /** How a caller may be told that its event was not taken. */
  abstract Set<String> refusals();

  @Test
  void every_accepted_event_is_in_both_sinks_after_the_broker_was_killed(@TempDir Path data)
      throws Exception {
    try (Sidecar serai = start(data);
        EventLoad load = new EventLoad(EVENTS, CONNECTIONS)) {
      load.start(serai);
      await().atMost(LONG).until(() -> load.count(EventLoad.ACCEPTED) > EVENTS / 3);

      kill();
      await().atMost(LONG).until(() -> load.counts().size() > 1);
      restart();
      await().atMost(LONG).until(() -> isHealthy(serai));
      load.goOn();
      load.finish();

      Map<String, Long> counts = load.counts();
      Set<String> others = new HashSet<>(counts.keySet());
      others.remove(EventLoad.ACCEPTED);
      assertThat(refusals()).as("%s", counts).containsAll(others);
      assertThat(counts.get(EventLoad.ACCEPTED)).isGreaterThanOrEqualTo(EVENTS - CONNECTIONS);
      load.accepted().forEach((user, products) -> assertStored(serai, user, products));
      assertThat(json(serai, "/rabbitmq/health").at("/queues/events.dlq/messages").asInt(-1))
          .isZero();
    }
  }

  private static void assertStored(Sidecar serai, int user, Set<Integer> products) {
    await()
        .atMost(LONG)
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              JsonNode graph = json(serai, "/debias/users/" + user + "/interactions");
              JsonNode profile = json(serai, "/debias/users/" + user + "/profile");
              Set<Integer> inGraph = new HashSet<>();
              graph.findValues("product_id").forEach(id -> inGraph.add(id.asInt()));
              Set<Integer> inProfile = new HashSet<>();
              profile.at("/last_products").forEach(id -> inProfile.add(id.asInt()));
              assertThat(inGraph).as("graph of user %d", user).containsAll(products);
              assertThat(inProfile).as("profile of user %d", user).containsAll(products);
            });
  }

  private static boolean isHealthy(Sidecar serai) throws Exception {
    return json(serai, "/health/ready").at("/status").asText().equals("Healthy");
  }

  private static JsonNode json(Sidecar serai, String path) throws Exception {
    return JSON.readTree(serai.get(path).body());
  }
}
