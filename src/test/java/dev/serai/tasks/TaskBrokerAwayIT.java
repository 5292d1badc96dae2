package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.broker.ConnectionState;
import dev.serai.support.RabbitPerTest;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks while RabbitMQ is away. */
@Timeout(120)
class TaskBrokerAwayIT {
  private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final RabbitPerTest rabbit = new RabbitPerTest();

  @Test
  void a_submit_is_503_and_leaves_nothing_and_a_cancelled_task_is_told_later(@TempDir Path data)
      throws Exception {
    try (SeraiApp serai =
        SeraiApp.start(
            data,
            Map.of(
                "serai.broker.uri", rabbit.node().uri(),
                "serai.packs", "helixagent",
                "serai.consume", "helixagent-sweep-*",
                "serai.broker.reconnect-delay", "200ms",
                "serai.broker.publish-timeout", "2s",
                "helixagent.tasks.sweep.interval", "1s",
                "helixagent.tasks.sweep.announce-after", "1s"))) {
      String id = id(serai.post("/tasks/llm", CHAT), 202);
      rabbit.node().kill();
      await().until(() -> !serai.bean(ConnectionState.class).connected());

      HttpResponse<String> refused = serai.post("/tasks/llm", CHAT);

      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(JSON.readTree(refused.body()).path("code").asText())
          .isEqualTo("broker-unavailable");
      assertThat(JSON.readTree(serai.get("/tasks").body()).path("items"))
          .extracting(task -> task.path("id").asText())
          .containsExactly(id);

      serai.bean(Cancellations.class).cancel(id);
      rabbit.node().restart();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> serai.bean(Sweep.class).untold("0s", 10).isEmpty());
      assertThat(JSON.readTree(serai.get("/tasks/" + id).body()).path("state").asText())
          .isEqualTo("cancelled");
    }
  }

  private static String id(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body()).path("id").asText();
  }
}
