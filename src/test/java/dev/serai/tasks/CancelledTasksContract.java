package dev.serai.tasks;

import static dev.serai.llm.ChatServer.answer;
import static dev.serai.llm.ChatServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.llm.ChatServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cancelling tasks that wait for something else than a worker, and such as are over. */
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class CancelledTasksContract extends TaskCalls {
  private final ChatServer server = ChatServer.start(); // of models, and the target

  @BeforeAll
  void start_with_a_server(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("helixagent.background.targets", "t=" + server.url() + "/chat/completions");
    settings.putAll(server.asProvider(0, "p", "m"));
    settings.put("helixagent.llm.waits.hold-ms", "60000");
    settings.put("helixagent.tasks.renewal", "100ms");
    settings.put("helixagent.tasks.retry.wait", "3s");
    settings.put("helixagent.tasks.retry.attempts", "1");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.announce-after", "1s");
    start(data, settings);
  }

  @AfterAll
  void stop_the_server() {
    server.close();
  }

  @AfterEach
  void reply_nothing() {
    server.anew();
  }

  /** Where a task is when somebody cancels it. */
  enum Place {
    WAITS_FOR_ITS_RETRY("queued", 200, "cancelled"),
    WAITS_FOR_A_BUDGET("running", 202, "cancelled"),
    HAS_FAILED("failed", 409, "failed"),
    HAS_EXPIRED("expired", 409, "expired");

    private final String before;
    private final int status;
    private final String after;

    Place(String before, int status, String after) {
      this.before = before;
      this.status = status;
      this.after = after;
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_becomes_of_a_task_that(Place place) throws Exception {
    String id = submitted(place);
    await()
        .atMost(LONG)
        .until(
            () -> get("/tasks/" + id),
            task ->
                task.path("state").asText().equals(place.before)
                    && server.requests().size() == (place == Place.HAS_EXPIRED ? 0 : 1)
                    && (place != Place.WAITS_FOR_A_BUDGET || isProviderClosed()));

    HttpResponse<String> answer = delete(id);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(place.status);
    if (place.status == 409) {
      assertProblem(answer, 409, "task-over");
    }
    JsonNode task = awaitState(id, place.after);
    assertEvent(id, task.path("type").asText(), place.after);
    awaitDepth("helixagent.retry", 0);
    assertNothingIsWaiting();
    assertThat(get("/tasks/" + id)).isEqualTo(task);
    assertThat(server.requests()).hasSize(place == Place.HAS_EXPIRED ? 0 : 1);
    assertThat(depth(AUDIT)).as("nobody is told twice").isZero();
    assertThat(depth("helixagent.dlq")).isEqualTo(place == Place.HAS_FAILED ? 1 : 0);
  }

  private String submitted(Place place) throws Exception {
    return switch (place) {
      case WAITS_FOR_ITS_RETRY -> {
        server.replies(status(503, "{}"), answer("too late"));
        yield submit("background", "{\"target\":\"t\"}");
      }
      case WAITS_FOR_A_BUDGET -> {
        server.replies(status(429, "{}", "Retry-After", "3600"), answer("too late"));
        yield submit("llm", CHAT);
      }
      case HAS_FAILED -> {
        server.replies(status(404, "{}"));
        yield submit("background", "{\"target\":\"t\"}");
      }
      case HAS_EXPIRED -> submit("notifications?deadline=1ms", "{\"type\":\"x\"}");
    };
  }

  private boolean isProviderClosed() {
    return serai
            .bean(JdbcClient.class)
            .sql("SELECT COUNT(*) FROM llm_provider WHERE closed_until IS NOT NULL")
            .query(Integer.class)
            .single()
        == 1;
  }

  private void assertNothingIsWaiting() {
    for (String type : new String[] {"llm", "background", "notifications"}) {
      awaitDepth("helixagent.tasks." + type, 0);
    }
  }
}
