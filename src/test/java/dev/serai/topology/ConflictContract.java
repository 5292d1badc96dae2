package dev.serai.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A Serai that starts on a broker whose queues are not as its files say. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
abstract class ConflictContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  final String name = "conflict-" + UUID.randomUUID();

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @Test
  void another_value_is_named_with_both_values_in_the_log_and_by_the_operator_port(
      CapturedOutput log) throws Exception {
    start("before", text -> text).close();

    try (SeraiApp serai = start("after", text -> text.replace("ttl: 1m", "ttl: 2m"))) {
      String conflict =
          ("topology-conflict: queue \"%s.work\" exists with another x-message-ttl:"
                  + " topology.yaml says 120000, the broker has 60000")
              .formatted(name);
      assertThat(log).containsOnlyOnce(conflict);
      assertThat(serai.get("/health/ready").body()).contains("another x-message-ttl");
      JsonNode topology = topology(serai);
      JsonNode queue = part(topology, "queues", name + ".work");
      assertThat(queue.path("state").asText()).isEqualTo("conflict");
      assertThat(queue.path("problem").asText()).startsWith(conflict);
      assertThat(part(topology, "queues", name + ".fine").path("state").asText())
          .isEqualTo("declared");
      forget(serai);
    }
  }

  @Test
  void what_somebody_has_deleted_is_missing() throws Exception {
    try (SeraiApp serai = start("once", text -> text)) {
      assertThat(states(topology(serai))).containsOnly("declared");

      serai.bean(RabbitAdmin.class).deleteExchange(name + ".in");

      JsonNode topology = topology(serai);
      assertThat(part(topology, "exchanges", name + ".in").path("state").asText())
          .isEqualTo("missing");
      assertThat(topology.at("/bindings/0/state").asText()).isEqualTo("missing");
      forget(serai);
    }
  }

  /** Starts on the same broker, with the pack's files changed. */
  final SeraiApp start(String routes, UnaryOperator<String> change) {
    Path folderOfRoutes = folder.resolve(routes);
    TestPack.install(
        folderOfRoutes, "conflict", text -> change.apply(text).replace("$conflict", name));
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.routes", folderOfRoutes.toString());
    return SeraiApp.start(folder.resolve("data"), settings);
  }

  /** As soon as the broker has answered about all of it. */
  static JsonNode topology(SeraiApp serai) {
    return await()
        .until(
            () -> JSON.readTree(serai.operatorGet("/topology").body()),
            topology -> !topology.toString().contains("\"state\":\"unknown\""));
  }

  static JsonNode part(JsonNode topology, String kind, String name) {
    for (JsonNode part : topology.path(kind)) {
      if (part.path("name").asText().equals(name)) {
        return part;
      }
    }
    throw new AssertionError("no " + name + " in " + topology);
  }

  private static Iterable<String> states(JsonNode topology) {
    return topology.findValuesAsText("state");
  }

  final void forget(SeraiApp serai) {
    RabbitAdmin admin = serai.bean(RabbitAdmin.class);
    serai.bean(Topologies.class).queues().keySet().stream()
        .filter(queue -> queue.startsWith(name))
        .forEach(admin::deleteQueue);
    admin.deleteExchange(name + ".in");
  }
}
