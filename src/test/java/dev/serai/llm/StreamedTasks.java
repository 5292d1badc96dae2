package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole Serai with two providers, and another policy for streams whenever a test wants one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class StreamedTasks {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String AUDIT = "helixagent.events.audit";

  final ChatServer a = ChatServer.start();
  final ChatServer b = ChatServer.start();
  private String policy = "error";
  private Path values;
  SeraiApp serai;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    values = Files.createDirectory(folder.resolve("config"));
    try (Stream<Path> shipped = Files.list(Path.of("config"))) {
      for (Path file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, values.resolve(file.getFileName()));
      }
    }
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "helixagent");
    settings.put("serai.config", values.toString());
    settings.put("serai.reload.interval", "0s");
    settings.put("helixagent.tasks.retry.wait", "100ms");
    settings.put("helixagent.llm.breaker.failures", "100");
    settings.put("helixagent.llm.breaker.calls", "1000");
    settings.putAll(a.asProvider(0, "a", "m"));
    settings.putAll(b.asProvider(1, "b", "m"));
    settings.put("helixagent.llm.providers[0].timeouts.first-token", "3s");
    // A place that is kept would be noticed.
    settings.put("helixagent.llm.providers[0].limits.concurrency", "1");
    settings.put("helixagent.llm.providers[1].limits.concurrency", "1");
    serai = SeraiApp.start(folder.resolve("data"), settings);
  }

  @AfterAll
  void stop() {
    serai.close();
    a.close();
    b.close();
  }

  @AfterEach
  void forget() {
    a.anew();
    b.anew();
    serai.bean(RabbitAdmin.class).purgeQueue(AUDIT, false);
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
    String id = JSON.readTree(serai.post("/tasks/llm", request).body()).path("id").asText();
    return await(id)
        .atMost(LONG)
        .until(
            () -> JSON.readTree(serai.get("/tasks/" + id).body()),
            task -> task.path("state").asText().equals("succeeded"));
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

  final Message next() {
    return Objects.requireNonNull(
        serai.bean(RabbitAdmin.class).getRabbitTemplate().receive(AUDIT, LONG.toMillis()));
  }
}
