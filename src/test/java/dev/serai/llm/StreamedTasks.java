package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole Serai with two providers, and another policy for streams whenever a test wants one. */
abstract class StreamedTasks extends TwoProviders {
  private String policy = "error";
  private Path values;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    values = Files.createDirectory(folder.resolve("config"));
    try (Stream<Path> shipped = Files.list(Path.of("config"))) {
      for (Path file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, values.resolve(file.getFileName()));
      }
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.config", values.toString());
    settings.put("serai.reload.interval", "0s");
    settings.put("helixagent.tasks.retry.wait", "100ms");
    settings.put("helixagent.llm.breaker.failures", "100");
    settings.put("helixagent.llm.breaker.calls", "1000");
    settings.put("helixagent.llm.providers[0].timeouts.first-token", "3s");
    // A place that is kept would be noticed.
    settings.put("helixagent.llm.providers[0].limits.concurrency", "1");
    settings.put("helixagent.llm.providers[1].limits.concurrency", "1");
    start(folder.resolve("data"), settings);
  }

  @AfterEach
  void free_all_places() {
    serai.bean(JdbcClient.class).sql("DELETE FROM llm_reservation").update();
  }

  /** Edits the file of the running Serai. */
  final void choose(String wanted) throws Exception {
    if (!wanted.equals(policy)) {
      Path file = values.resolve("helixagent.yaml");
      String key = "after-first-token: ";
      Files.writeString(file, Files.readString(file).replace(key + policy, key + wanted));
      assertThat(serai.operatorPost("/routes/reload", "").body()).contains("APPLIED");
      policy = wanted;
    }
  }

  final JsonNode succeeded() throws Exception {
    String request = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":true}";
    return awaitState(submit("", request), "succeeded");
  }

  static String text(JsonNode task) {
    return task.at("/result/choices/0/message/content").asText();
  }

  /** Whether the pieces that say something begin the answer anew, as followers are told. */
  final List<Boolean> restarts(JsonNode task) throws Exception {
    String events = serai.get("/tasks/" + task.path("id").asText() + "/stream").body();
    List<Boolean> restarts = new ArrayList<>();
    for (String line : events.lines().filter(line -> line.startsWith("data: {")).toList()) {
      JsonNode event = JSON.readTree(line.substring("data: ".length()));
      if (event.at("/choices/0/delta/content").isTextual()) {
        restarts.add(event.path("restarted").asBoolean());
      }
    }
    return restarts;
  }
}
