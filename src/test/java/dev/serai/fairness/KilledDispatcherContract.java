package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.support.SeraiProcess;
import dev.serai.tasks.ListedTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks in the line when the process that gives them their turn is killed. */
@Timeout(300)
abstract class KilledDispatcherContract {
  private static final int TASKS = Boolean.getBoolean("serai.test.long") ? 1_000 : 100;
  private static final int WORKERS = 4;
  private static final Duration LONG = Duration.ofSeconds(120);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** Settings that choose the broker and the database; both are empty. */
  abstract Map<String, String> surroundings();

  /** The data folder of whoever goes on, given that of the process that was killed. */
  abstract Path successor(Path killed);

  @Test
  void another_one_takes_over_and_each_is_done_once() throws Exception {
    Map<String, String> settings = settings();
    Path data = folder.resolve("first");
    try (SeraiProcess first = SeraiProcess.start(data, settings)) {
      new LlmTasks(first).submit("a", TASKS / 2);
      new LlmTasks(first).submit("b", TASKS / 2);
      await()
          .atMost(LONG)
          .until(() -> ListedTasks.of(first, "type=llm&state=succeeded").size() >= TASKS / 10);
      assertThat(ListedTasks.of(first, "type=llm&state=queued")).hasSizeGreaterThan(TASKS / 2);

      first.kill();

      try (SeraiApp next = SeraiApp.start(successor(data), settings)) {
        await()
            .atMost(LONG)
            .untilAsserted(
                () -> assertThat(ListedTasks.of(next, "type=llm&state=succeeded")).hasSize(TASKS));
        List<JsonNode> done = ListedTasks.of(next, "type=llm&state=succeeded");
        assertThat(done)
            .allSatisfy(task -> assertThat(ListedTasks.outcomes(task, "succeeded")).isEqualTo(1));
        // Only those in work at that moment were begun twice.
        assertThat(done.stream().filter(task -> task.path("attempts").size() > 1))
            .hasSizeLessThanOrEqualTo(WORKERS)
            .allSatisfy(task -> assertThat(ListedTasks.outcomes(task, "lost")).isEqualTo(1));
      }
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(surroundings());
    settings.put("serai.packs", "helixagent");
    settings.put("helixagent.llm.workers", String.valueOf(WORKERS));
    settings.put("helixagent.llm.fairness.enabled", "true");
    settings.put("helixagent.llm.simulated.delay", "15ms");
    settings.put("helixagent.tasks.lease", "9s");
    settings.put("serai.db.answer-timeout", "4s");
    settings.put("helixagent.tasks.renewal", "200ms");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.publish-after", "2s");
    return settings;
  }
}
