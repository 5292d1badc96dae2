package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.llm.ChatServer;
import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** Tasks that go straight into their queue, and what becomes of those that wait at a change. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class SwitchedFairnessContract {
  private static final int WAITING = Boolean.getBoolean("serai.test.long") ? 10_000 : 1_000;
  private static final long ANSWER = 200; // milliseconds
  private static final Duration LONG = Duration.ofSeconds(60);

  private final HeldAnswers answers = new HeldAnswers();
  private final ChatServer provider = ChatServer.start().replies(answers);
  private Path values;
  private SeraiApp serai;
  private LlmTasks tasks;
  private LineFigures figures;

  /** Settings that choose the broker and the database; both are empty. */
  abstract Map<String, String> surroundings();

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    values = Files.createDirectory(folder.resolve("config"));
    try (Stream<Path> shipped = Files.list(Path.of("config"))) {
      for (Path file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, values.resolve(file.getFileName()));
      }
    }
    Map<String, String> settings = new LinkedHashMap<>(surroundings());
    settings.put("serai.packs", "helixagent");
    settings.put("serai.config", values.toString());
    settings.put("serai.reload.interval", "0s");
    settings.put("helixagent.llm.workers", "1");
    settings.putAll(provider.asProvider(0, "p", "m"));
    serai = SeraiApp.start(folder.resolve("data"), settings);
    tasks = new LlmTasks(serai);
    figures = new LineFigures(serai);
  }

  @BeforeEach
  void forget() {
    provider.requests().clear();
    figures.forget("TRUE");
  }

  @AfterAll
  void stop() {
    provider.close();
    serai.close();
  }

  @Test
  void an_urgent_task_is_the_next_that_starts() throws Exception {
    answers.hold();
    tasks.submit("large", 1);
    await().atMost(LONG).until(() -> provider.requests().size() == 1);
    tasks.submit("large", WAITING);
    tasks.submit("other", "?priority=10", "urgent");

    answers.allow(1);

    await().atMost(LONG).until(() -> provider.requests().size() == 2);
    assertThat(provider.requests().get(1).at("/messages/0/content").asText()).isEqualTo("urgent");
    giveUpTheRest();
  }

  private void giveUpTheRest() {
    serai.bean(RabbitAdmin.class).purgeQueue("helixagent.tasks.llm", false);
    figures.forget("state = 'queued'");
    answers.allow(1);
    await().atMost(LONG).until(() -> figures.number("state = 'running'") == 0);
  }

  @Test
  void whoever_waits_when_it_is_switched_on_or_off_is_done_and_once() throws Exception {
    answers.each(ANSWER);
    List<String> all = new ArrayList<>(tasks.submit("a", 10));
    assertThat(figures.waiting()).isZero();

    fairness(true);
    all.addAll(tasks.submit("b", 10));
    assertThat(figures.waiting()).isGreaterThan(5);

    fairness(false);
    await().atMost(LONG).until(() -> figures.waiting() == 0);
    assertThat(figures.number("state = 'queued'")).isPositive(); // they were sent, not done

    fairness(true);
    all.addAll(tasks.submit("c", 5));

    await().atMost(LONG).until(() -> figures.number("state = 'succeeded'") == all.size());
    assertThat(provider.requests()).hasSize(all.size());
    fairness(false);
  }

  private void fairness(boolean on) throws Exception {
    Path file = values.resolve("helixagent.yaml");
    String key = "    fairness:\n";
    String text = Files.readString(file);
    int at = text.indexOf("      enabled: ", text.indexOf(key));
    Files.writeString(
        file,
        text.substring(0, at) + "      enabled: " + on + text.substring(text.indexOf('\n', at)));
    HttpResponse<String> answer = serai.operatorPost("/routes/reload", "");
    assertThat(answer.body()).contains("APPLIED");
  }
}
