package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What callers see of tasks that wait, and of what is wrong. */
abstract class TaskRequestsContract extends TaskCalls {
  @BeforeAll
  void start_without_workers(@TempDir Path data) {
    start(data, Map.of("serai.consume", "none"));
  }

  @Test
  void a_task_that_waits_is_cancelled_and_never_starts() throws Exception {
    String id = submit("llm", CHAT);

    HttpResponse<String> cancelled = delete(id);

    assertThat(cancelled.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(cancelled.body()).path("state").asText()).isEqualTo("cancelled");
    assertEvent(id, "llm", "cancelled");
    assertProblem(delete(id), 409, "task-over");
    assertProblem(serai.get("/tasks/" + id + "/result"), 409, "no-result");
  }

  @Test
  void a_repeated_key_is_the_same_task_and_has_one_message() throws Exception {
    Map<String, String> key = Map.of("Idempotency-Key", "k1", "tenant", "acme");

    HttpResponse<String> first = post("/tasks/llm", CHAT, key);
    HttpResponse<String> second = post("/tasks/llm", CHAT.replace(":", " : "), key);
    HttpResponse<String> other = post("/tasks/llm", CHAT.replace("hello", "bye"), key);
    HttpResponse<String> stranger =
        post("/tasks/llm", CHAT, Map.of("Idempotency-Key", "k1", "tenant", "other"));

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(id(second)).isEqualTo(id(first));
    assertProblem(other, 422, "idempotency-key-reused");
    assertThat(stranger.statusCode()).isEqualTo(202);
    assertThat(id(stranger)).isNotEqualTo(id(first));
    awaitDepth("helixagent.tasks.llm", 2);
    serai.bean(JdbcClient.class).sql("UPDATE task SET confirmed = FALSE").update();
    HttpResponse<String> unfinished = post("/tasks/llm", CHAT, key);
    assertProblem(unfinished, 409, "submit-in-progress");
    assertThat(unfinished.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void ten_comes_before_zero() throws Exception {
    List<String> low =
        IntStream.range(0, 20).mapToObj(i -> submitted("llm?priority=0", CHAT)).toList();
    String high = submit("llm?priority=10", CHAT);

    assertThat(receive("helixagent.tasks.llm").path("id").asText()).isEqualTo(high);
    assertThat(receive("helixagent.tasks.llm").path("id").asText()).isEqualTo(low.get(0));
  }

  @Test
  void tasks_are_listed_by_state_and_type_page_by_page() throws Exception {
    List<String> ids = IntStream.range(0, 3).mapToObj(i -> submitted("llm", CHAT)).toList();
    String other = submit("verification", "{\"provider\":\"simulated\"}");
    delete(ids.get(0));

    JsonNode first = get("/tasks?state=queued&limit=2");
    JsonNode second = get("/tasks?state=queued&limit=2&after=" + first.path("next").asText());

    assertThat(first.path("items"))
        .extracting(t -> t.path("id").asText())
        .containsExactly(other, ids.get(2));
    assertThat(second.path("items"))
        .extracting(t -> t.path("id").asText())
        .containsExactly(ids.get(1));
    assertThat(second.has("next")).isFalse();
    assertThat(get("/tasks?type=verification").path("items")).hasSize(1);
    assertThat(get("/tasks?state=cancelled").at("/items/0/id").asText()).isEqualTo(ids.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/tasks/lunch | {} | 404 | unknown-task-type",
        "/tasks/llm?priority=11 | {} | 400 | bad-priority",
        "/tasks/llm?priority=-1 | {} | 400 | bad-priority",
        "/tasks/llm?priority=high | {} | 400 | bad-priority",
        "/tasks/llm?deadline=yesterday | {} | 400 | bad-deadline",
        "/tasks/llm?deadline=2001-01-01T00:00:00Z | {} | 400 | bad-deadline",
        "/tasks/llm?callback_url=ftp://a.example/ | {} | 400 | bad-callback-url",
        "/tasks/llm?callback_url=/relative | {} | 400 | bad-callback-url",
        "/tasks/llm?callback_url=http://user:secret@a.example/ | {} | 400 | bad-callback-url",
        "/tasks/llm | {\"messages\": | 400 | not-json",
        "/tasks/llm | hello | 400 | not-json",
        "/tasks/llm | {} | 400 | invalid",
        "/tasks/llm | [] | 400 | invalid",
        "/tasks/llm | {\"messages\":[{\"role\":\"user\"}],\"max_tokens\":4294967295} | 400 | invalid",
        "/tasks/llm | {\"messages\":[{\"role\":\"user\"}],\"n\":10000000000000000} | 400 | invalid",
        "/tasks/debate | {\"question\":\"x\"} | 400 | invalid",
        "/tasks/verification | {} | 400 | invalid",
        "/tasks/background | {} | 400 | invalid",
        "/tasks/notifications | {} | 400 | invalid",
      })
  void what_is_wrong_is_answered_and_queues_nothing(
      String path, String body, int status, String code) throws Exception {
    assertProblem(serai.post(path, body), status, code);

    assertNothingIsQueued();
  }

  @Test
  void a_body_over_the_limit_is_answered_and_queues_nothing() throws Exception {
    String large = CHAT.replace("hello", "x".repeat(1_100_000));

    assertProblem(serai.post("/tasks/llm", large), 413, "body-too-large");

    assertNothingIsQueued();
  }

  @Test
  void an_unknown_task_is_404_whatever_is_asked() throws Exception {
    String unknown = "/tasks/01a1ff63-daef-71ca-8907-0c24e9170832";

    assertProblem(serai.get(unknown), 404, "unknown-task");
    assertProblem(serai.get(unknown + "/result"), 404, "unknown-task");
    assertProblem(serai.get(unknown + "/attempts"), 404, "unknown-task");
    assertProblem(delete("01a1ff63-daef-71ca-8907-0c24e9170832"), 404, "unknown-task");
    assertProblem(serai.get("/tasks/x"), 404, "unknown-task");
    assertProblem(serai.get("/tasks?state=done"), 400, "bad-state");
    assertProblem(serai.get("/tasks?type=none"), 400, "bad-type");
    assertProblem(serai.get("/tasks?after=zzz"), 400, "bad-after");
    assertProblem(serai.get("/tasks?limit=0"), 400, "bad-limit");
  }
}
