package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of tasks when nobody reads their events and the queues of those are full. */
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class UnreadEventsContract extends TaskCalls {
  private static final int MOST = 3;

  @BeforeAll
  void start_with_short_queues(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("helixagent.events.max-length", String.valueOf(MOST));
    settings.put("helixagent.notifications.max-length", String.valueOf(MOST));
    settings.put("helixagent.llm.simulated.delay", "1ms");
    settings.put("helixagent.tasks.sweep.interval", "1h"); // nothing is told later
    start(data, settings);
  }

  @Test
  void notifications_are_done_and_each_end_is_told_at_once() {
    List<String> ids =
        IntStream.range(0, 4 * MOST)
            .mapToObj(i -> submitted("notifications", "{\"type\":\"n\",\"number\":" + i + "}"))
            .toList();

    ids.forEach(id -> assertThat(awaitState(id, "succeeded").path("attempts")).hasSize(1));
    awaitAnnounced(ids.size());
    awaitDepth(AUDIT, MOST);
    awaitDepth("helixagent.notifications.sse", MOST);
  }

  @Test
  void a_debate_goes_on_to_its_verdict() throws Exception {
    String id =
        submit(
            "debate",
            """
            {"question": "q", "participants": [{"model": "simulated"}, {"model": "simulated"}],
             "rounds": 3}""");

    JsonNode debate = awaitState(id, "succeeded");

    assertThat(debate.path("attempts").findValuesAsText("outcome")).doesNotContain("failed");
    awaitDepth("helixagent.events.debate", MOST);
  }

  private void awaitAnnounced(int ends) {
    await()
        .atMost(LONG)
        .until(
            () ->
                serai
                        .bean(JdbcClient.class)
                        .sql("SELECT COUNT(*) FROM task WHERE announced")
                        .query(Integer.class)
                        .single()
                    == ends);
  }
}
