package dev.serai.llm;

import static dev.serai.llm.ChatServer.answer;
import static dev.serai.llm.ChatServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** LLM tasks that no provider has a budget for, on a whole Serai with two workers. */
abstract class BudgetLineContract extends TwoProviders {
  @BeforeAll
  void start(@TempDir Path data) {
    start(
        data,
        Map.of(
            "helixagent.llm.workers",
            "2",
            "helixagent.llm.providers[0].limits.concurrency",
            "1",
            "helixagent.llm.waits.hold-ms",
            "100",
            "helixagent.llm.waits.look",
            "1h")); // only the end of a call lets anybody go on
  }

  @Test
  void a_provider_that_wants_to_be_left_alone_keeps_no_task_of_another_waiting() throws Exception {
    a.replies(status(429, "{}", "Retry-After", "3600"), answer("at last"));
    b.replies(answer("at once"));
    String first = lined(0, "first");
    String second = lined(0, "second");
    String unwanted = lined(9, "unwanted");
    String urgent = lined(5, "urgent");

    assertThat(awaitState(submit("b", 0, "other"), "succeeded").path("attempts")).hasSize(1);
    assertThat(cancel(unwanted).statusCode()).isEqualTo(200);
    serai.bean(JdbcClient.class).sql("UPDATE llm_provider SET closed_until = NULL").update();
    submit("b", 0, "another");

    JsonNode task = awaitState(first, "succeeded");
    awaitState(second, "succeeded");
    awaitState(urgent, "succeeded");
    assertThat(a.requests())
        .extracting(request -> request.at("/messages/0/content").asText())
        .containsExactly("first", "urgent", "first", "second");
    assertThat(task.path("attempts")).hasSize(2);
    assertThat(task.at("/attempts/0/outcome").asText()).isEqualTo("waited");
    awaitState(unwanted, "cancelled");
  }

  @Test
  void who_waits_is_called_as_soon_as_a_call_has_ended() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    a.replies(
        exchange -> {
          awaitQuietly(answering);
          answer("first").to(exchange);
        },
        answer("second"));
    String first = submit("a", 0, "first");
    await().atMost(LONG).until(() -> a.requests().size() == 1);
    String second = lined(0, "second");

    answering.countDown();

    awaitState(first, "succeeded");
    assertThat(awaitState(second, "succeeded").at("/result/choices/0/message/content").asText())
        .isEqualTo("second");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String lined(int priority, String text) throws Exception {
    String id = submit("a", priority, text);
    await(id)
        .atMost(LONG)
        .until(() -> task(id).at("/attempts/0/outcome").asText().equals("waited"));
    assertThat(task(id).path("state").asText()).isEqualTo("queued");
    return id;
  }

  private String submit(String provider, int priority, String text) throws Exception {
    return submit(
        "?priority=" + priority,
        "{\"provider\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(provider, text));
  }
}
