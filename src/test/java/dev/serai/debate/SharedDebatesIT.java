package dev.serai.debate;

import static dev.serai.llm.ChatServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.llm.ChatServer;
import dev.serai.support.RabbitPerTest;
import dev.serai.support.SeraiProcess;
import dev.serai.support.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Debates whose steps and answers are taken by two instances. */
@Timeout(180)
class SharedDebatesIT {
  private static final int DEBATES = Boolean.getBoolean("serai.test.long") ? 100 : 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final RabbitPerTest rabbit = new RabbitPerTest();

  @Test
  void nobody_is_asked_twice(@TempDir Path data) throws Exception {
    try (ChatServer a = ChatServer.start().replies(answer("Tea."));
        ChatServer b = ChatServer.start().replies(answer("Coffee."));
        ChatServer c = ChatServer.start().replies(answer("Juice."))) {
      Map<String, String> settings =
          DebateSettings.with(
              Map.of(
                  "serai.broker.uri",
                  rabbit.node().uri(),
                  "serai.db.url",
                  TestPostgres.emptyDatabase()),
              a,
              b,
              c);
      settings.put("helixagent.tasks.lease", "60s"); // a slow machine must not lose one
      List<SeraiProcess> instances =
          Stream.of("one", "two")
              .parallel()
              .map(name -> SeraiProcess.start(data.resolve(name), settings))
              .toList();
      try {
        for (String debate : submit(instances)) {
          JsonNode task = awaitEnd(instances.get(0), debate);
          assertThat(task.at("/result/rounds").findValuesAsText("text"))
              .containsExactly("Tea.", "Coffee.", "Juice.", "Tea.", "Coffee.", "Juice.");
          assertThat(task.at("/result/usage/total_tokens").asInt()).isEqualTo(7 * 10);
        }
      } finally {
        instances.forEach(SeraiProcess::close);
      }
      assertThat(a.requests()).hasSize(3 * DEBATES); // it judges, too
      assertThat(b.requests()).hasSize(2 * DEBATES);
      assertThat(c.requests()).hasSize(2 * DEBATES);
    }
  }

  private static List<String> submit(List<SeraiProcess> instances) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < DEBATES; i++) {
      HttpResponse<String> accepted =
          instances
              .get(i % instances.size())
              .post("/tasks/debate", DebateSettings.request("\"rounds\":2"));
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      ids.add(JSON.readTree(accepted.body()).path("id").asText());
    }
    return ids;
  }

  private static JsonNode awaitEnd(SeraiProcess serai, String id) {
    return await(id)
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> JSON.readTree(serai.get("/tasks/" + id).body()),
            task -> task.path("state").asText().equals("succeeded"));
  }
}
