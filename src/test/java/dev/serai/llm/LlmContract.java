package dev.serai.llm;

import static dev.serai.llm.ChatServer.answer;
import static dev.serai.llm.ChatServer.piece;
import static dev.serai.llm.ChatServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;

/** What becomes of LLM tasks on a whole Serai with two providers. */
abstract class LlmContract extends TwoProviders {
  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("helixagent.tasks.retry.wait", "100ms");
    settings.put("helixagent.tasks.retry.attempts", "1");
    settings.put("helixagent.tasks.renewal", "100ms");
    settings.put("helixagent.llm.simulated.delay", "1ms");
    settings.put("helixagent.llm.waits.hold-ms", "60000"); // however slow the machine is
    for (int i = 0; i < 2; i++) {
      settings.put("helixagent.llm.providers[%d].price.input".formatted(i), "1000000");
      settings.put("helixagent.llm.providers[%d].price.output".formatted(i), "2000000");
    }
    start(data, settings);
  }

  @Test
  void the_simulated_provider_answers_without_a_key() throws Exception {
    String id = submit("\"model\":\"simulated\"");

    JsonNode task = awaitState(id, "succeeded");

    assertThat(task.at("/result/choices/0/message/content").asText())
        .isEqualTo("This answer is simulated. You said: hello");
    assertThat(task.at("/result/simulated").asBoolean()).isTrue();
  }

  @Test
  void the_next_provider_answers_when_the_first_fails_and_the_cost_is_told() throws Exception {
    a.replies(status(500, "{}"));
    b.replies(answer("hi"));

    JsonNode task = awaitState(submit("\"temperature\":0"), "succeeded");

    assertThat(task.at("/result/choices/0/message/content").asText()).isEqualTo("hi");
    assertThat(task.at("/result/serai/provider").asText()).isEqualTo("b");
    assertThat(task.at("/result/serai/calls").asInt()).isEqualTo(2);
    assertThat(task.path("attempts")).hasSize(1);
    Message usage = next("llm.usage");
    JsonNode told = JSON.readTree(usage.getBody());
    assertThat(told.path("task").asText()).isEqualTo(task.path("id").asText());
    assertThat(told.path("cost").asInt()).isEqualTo(7 + 2 * 3);
    next("task.llm.succeeded");
  }

  @Test
  void a_task_waits_as_long_as_a_busy_provider_asks_for_and_does_not_fail() throws Exception {
    List<Long> asked = new ArrayList<>();
    a.replies(
        exchange -> {
          asked.add(System.nanoTime());
          status(429, "{}", "Retry-After", "1").to(exchange);
        },
        exchange -> {
          asked.add(System.nanoTime());
          answer("at last").to(exchange);
        });

    JsonNode task = awaitState(submit("\"provider\":\"a\""), "succeeded");

    assertThat(task.path("attempts")).hasSize(1);
    assertThat(asked).hasSize(2);
    assertThat(Duration.ofNanos(asked.get(1) - asked.get(0)))
        .isGreaterThanOrEqualTo(Duration.ofMillis(990));
  }

  @Test
  void cancelling_closes_the_call() throws Exception {
    a.replies(a.endless(piece("Once")));
    String id = submit("\"stream\":true");
    await().atMost(LONG).until(() -> !a.requests().isEmpty());

    assertThat(cancel(id).statusCode()).isEqualTo(202);
    awaitState(id, "cancelled");
    assertThat(a.isLeft()).isTrue();
    assertThat(b.requests()).isEmpty();
  }

  @Test
  void a_deadline_closes_the_call_too() throws Exception {
    a.replies(a.endless(piece("Once")));

    String id = submit("?deadline=2s", request("\"stream\":true"));

    awaitState(id, "expired");
    assertThat(a.isLeft()).isTrue();
  }

  @Test
  void without_any_answer_the_task_is_tried_again_and_fails_in_the_end() throws Exception {
    a.replies(status(500, "{}"));
    b.replies(status(502, "{}"));

    JsonNode task = awaitState(submit("\"temperature\":0"), "failed");

    assertThat(task.path("attempts")).hasSize(2);
    assertThat(task.at("/error/detail").asText())
        .contains("no-answer: a: status 500", "; b: status 502");
  }

  @Test
  void what_no_provider_offers_fails_at_once() throws Exception {
    JsonNode task = awaitState(submit("\"model\":\"gpt\""), "failed");

    assertThat(task.path("attempts")).hasSize(1);
    assertThat(task.at("/error/detail").asText()).contains("unknown-model");
    assertThat(a.requests()).isEmpty();
  }

  private String submit(String fields) throws Exception {
    return submit("", request(fields));
  }

  private static String request(String fields) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]," + fields + "}";
  }

  private Message next(String key) {
    Message message = next();
    assertThat(message.getMessageProperties().getReceivedRoutingKey()).isEqualTo(key);
    return message;
  }
}
