package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that keeps its messages in memory, and a store on the disk. */
@Timeout(120)
class ForgottenMessageIT {
  @Test
  void a_task_ends_after_a_restart_that_has_forgotten_its_message(@TempDir Path data)
      throws Exception {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.broker.mode", "embedded");
    settings.put("serai.broker.embedded.durable", "false");
    settings.put("serai.packs", "helixagent");
    settings.put("serai.consume", "none");
    settings.put("helixagent.llm.simulated.delay", "1ms");
    settings.put("helixagent.tasks.retry.wait", "100ms");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.publish-after", "1s");
    String id;
    try (SeraiApp before = SeraiApp.start(data, settings)) {
      HttpResponse<String> accepted = before.post("/tasks/llm", TaskCalls.CHAT);
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      id = TaskCalls.id(accepted);
    }

    settings.remove("serai.consume");
    try (SeraiApp after = SeraiApp.start(data, settings)) {
      await()
          .atMost(TaskCalls.LONG)
          .until(() -> after.get("/tasks/" + id).body().contains("\"state\":\"succeeded\""));
    }
  }
}
