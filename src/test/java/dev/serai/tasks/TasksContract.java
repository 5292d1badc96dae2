package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.QueueInformation;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What callers and workers see of tasks, on a whole Serai. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class TasksContract {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static final String AUDIT = "helixagent.events.audit";

  private SeraiApp serai;
  private HttpServer target;
  private volatile int status;
  private volatile CountDownLatch answering = new CountDownLatch(0);
  private volatile CountDownLatch asked = new CountDownLatch(1);
  private final int workers = Runtime.getRuntime().availableProcessors() + 3;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.setExecutor(Executors.newCachedThreadPool());
    target.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          asked.countDown();
          awaitQuietly(answering);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    target.start();
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "helixagent");
    // Tasks of the other types wait.
    settings.put(
        "serai.consume",
        "helixagent-work-on-background, helixagent-work-on-notifications, helixagent-sweep-*");
    settings.put("helixagent.background.workers", String.valueOf(workers));
    settings.put(
        "helixagent.background.targets",
        "echo=http://127.0.0.1:" + target.getAddress().getPort() + "/");
    settings.put("helixagent.tasks.retry.wait", "100ms");
    settings.put("helixagent.tasks.retry.attempts", "1");
    settings.put("helixagent.tasks.renewal", "100ms");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.announce-after", "1s");
    serai = SeraiApp.start(data, settings);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterAll
  void stop() {
    serai.close();
    target.stop(0);
  }

  @BeforeEach
  void begin_anew() {
    status = 200;
    answering = new CountDownLatch(0);
    asked = new CountDownLatch(1);
    List.of("llm", "debate", "verification").forEach(type -> purge("helixagent.tasks." + type));
    List.of(AUDIT, "helixagent.dlq", "helixagent.notifications.sse").forEach(this::purge);
    serai.bean(JdbcClient.class).sql("DELETE FROM task").update();
  }

  @Test
  void a_notification_is_done_published_and_its_end_told() throws Exception {
    HttpResponse<String> accepted =
        serai.post("/tasks/notifications?priority=3", "{\"type\":\"hello\"}");

    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    JsonNode task = JSON.readTree(accepted.body());
    String id = task.path("id").asText();
    assertThat(accepted.headers().firstValue("Location")).hasValue("/tasks/" + id);
    assertThat(task.path("priority").asInt()).isEqualTo(3);
    assertThat(awaitState(id, "succeeded").path("result").path("published").asBoolean()).isTrue();
    assertThat(get("/tasks/" + id + "/result").toString()).isEqualTo("{\"published\":true}");
    assertThat(get("/tasks/" + id + "/attempts").at("/items/0/outcome").asText())
        .isEqualTo("succeeded");
    assertThat(receive("helixagent.notifications.sse").toString())
        .isEqualTo("{\"type\":\"hello\"}");
    assertEvent(id, "notifications", "succeeded");
  }

  @Test
  void a_background_task_calls_the_address_that_is_allowed() throws Exception {
    String id = submit("background", "{\"target\":\"echo\",\"body\":{\"n\":1}}");

    JsonNode result = awaitState(id, "succeeded").path("result");

    assertThat(result.toString()).isEqualTo("{\"status\":200,\"body\":{\"n\":1}}");
  }

  @Test
  void as_many_are_done_at_once_as_there_are_workers_and_other_types_go_on() throws Exception {
    answering = new CountDownLatch(1);
    asked = new CountDownLatch(workers);
    List<String> ids =
        IntStream.range(0, workers)
            .mapToObj(i -> submitted("background", "{\"target\":\"echo\"}"))
            .toList();

    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    awaitState(submit("notifications", "{\"type\":\"x\"}"), "succeeded");

    answering.countDown();
    ids.forEach(id -> awaitState(id, "succeeded"));
  }

  @Test
  void one_that_names_anything_else_fails_at_once_and_is_parked() throws Exception {
    String id = submit("background", "{\"target\":\"http://127.0.0.1/\"}");

    JsonNode task = awaitState(id, "failed");

    assertThat(task.at("/error/code").asText()).isEqualTo("not-possible");
    assertThat(task.path("attempts")).hasSize(1);
    assertEvent(id, "background", "failed");
    assertThat(receive("helixagent.dlq").path("id").asText()).isEqualTo(id);
  }

  @Test
  void a_failed_attempt_is_tried_again_and_the_last_one_parks_it() throws Exception {
    status = 503;
    String id = submit("background", "{\"target\":\"echo\"}");

    JsonNode task = awaitState(id, "failed");

    assertThat(task.path("attempts")).hasSize(2);
    assertThat(task.at("/attempts/0/error").asText()).isEqualTo("the target answered 503");
    assertThat(task.at("/error/code").asText()).isEqualTo("attempts-used-up");
    assertEvent(id, "background", "failed");
    awaitDepth("helixagent.dlq", 1);
  }

  @Test
  void a_replayed_task_begins_again() throws Exception {
    status = 404;
    String id = submit("background", "{\"target\":\"echo\"}");
    awaitState(id, "failed");
    assertEvent(id, "background", "failed");
    awaitDepth("helixagent.dlq", 1);
    status = 200;

    HttpResponse<String> replayed = serai.operatorPost("/dlq/helixagent.dlq/replay", "{}");

    assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(200);
    assertThat(awaitState(id, "succeeded").path("error").isNull()).isTrue();
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
  void a_task_in_work_is_interrupted() throws Exception {
    answering = new CountDownLatch(1);
    String id = submit("background", "{\"target\":\"echo\"}");
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    HttpResponse<String> cancelled = delete(id);

    assertThat(cancelled.statusCode()).isEqualTo(202);
    JsonNode task = awaitState(id, "cancelled");
    assertThat(task.at("/attempts/0/outcome").asText()).isEqualTo("cancelled");
    assertEvent(id, "background", "cancelled");
    awaitDepth("helixagent.dlq", 0);
    answering.countDown();
    assertProblem(delete(id), 409, "task-over");
  }

  @Test
  void a_task_of_another_process_is_interrupted_at_its_next_renewal() throws Exception {
    answering = new CountDownLatch(1);
    String id = submit("background", "{\"target\":\"echo\"}");
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    serai
        .bean(JdbcClient.class)
        .sql("UPDATE task SET cancel_asked = TRUE WHERE id = ?")
        .param(id)
        .update();

    awaitState(id, "cancelled");
    answering.countDown();
  }

  @Test
  void a_task_that_is_done_cannot_be_cancelled() throws Exception {
    String id = submit("notifications", "{\"type\":\"x\"}");
    awaitState(id, "succeeded");

    assertProblem(delete(id), 409, "task-over");
  }

  @Test
  void a_task_whose_deadline_passes_expires_without_a_worker_and_in_work() throws Exception {
    answering = new CountDownLatch(1);
    String waiting = submit("verification?deadline=300ms", "{\"provider\":\"simulated\"}");
    String working =
        submit("background?deadline=" + Instant.now().plusMillis(1500), "{\"target\":\"echo\"}");

    assertThat(awaitState(waiting, "expired").path("attempts")).isEmpty();
    assertThat(awaitState(working, "expired").at("/attempts/0/outcome").asText())
        .isEqualTo("expired");
    answering.countDown();
    assertThat(events(2))
        .containsExactlyInAnyOrder(
            "task.verification.expired " + waiting, "task.background.expired " + working);
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

  @Test
  void a_message_that_was_lost_before_its_confirm_is_published_again() throws Exception {
    String id = submit("llm", CHAT);
    purge("helixagent.tasks.llm");

    serai
        .bean(JdbcClient.class)
        .sql("UPDATE task SET confirmed = FALSE, published_at = TIMESTAMP '2020-01-01 00:00:00'")
        .update();

    awaitDepth("helixagent.tasks.llm", 1);
    assertThat(receive("helixagent.tasks.llm").path("id").asText()).isEqualTo(id);
  }

  @Test
  void a_message_of_no_task_is_parked_and_that_of_an_unknown_one_is_done() throws Exception {
    serai.post("/publish/helixagent.tasks/background", "{\"id\":\"01a1-unknown\"}");
    serai.post("/publish/helixagent.tasks/background", "{\"no\":\"id\"}");

    awaitDepth("helixagent.dlq", 1);
    assertThat(receive("helixagent.dlq").toString()).isEqualTo("{\"no\":\"id\"}");
    awaitDepth("helixagent.tasks.background", 0);
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
    assertProblem(serai.get("/tasks?limit=0"), 400, "bad-limit");
  }

  private void assertNothingIsQueued() throws Exception {
    assertThat(get("/tasks").path("items")).isEmpty();
    for (String type : List.of("llm", "debate", "verification", "background", "notifications")) {
      assertThat(depth("helixagent.tasks." + type)).as(type).isZero();
    }
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(response.body()).path("code").asText()).isEqualTo(code);
  }

  private String submit(String path, String body) throws Exception {
    HttpResponse<String> response = serai.post("/tasks/" + path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return id(response);
  }

  private String submitted(String path, String body) {
    try {
      return submit(path, body);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body()).path("id").asText();
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = serai.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private JsonNode awaitState(String id, String state) {
    return await(id)
        .atMost(LONG)
        .until(() -> get("/tasks/" + id), task -> task.path("state").asText().equals(state));
  }

  private void assertEvent(String id, String type, String state) throws Exception {
    assertThat(events(1)).containsExactly("task.%s.%s %s".formatted(type, state, id));
  }

  /** Keys and tasks of the events that come next. */
  private List<String> events(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Message message = message(AUDIT);
              try {
                JsonNode task = JSON.readTree(message.getBody());
                String key = message.getMessageProperties().getReceivedRoutingKey();
                assertThat(key).endsWith("." + task.path("state").asText());
                return key + " " + task.path("id").asText();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  private JsonNode receive(String queue) throws Exception {
    return JSON.readTree(message(queue).getBody());
  }

  private Message message(String queue) {
    Message message =
        serai.bean(RabbitAdmin.class).getRabbitTemplate().receive(queue, LONG.toMillis());
    assertThat(message).as(queue).isNotNull();
    return Objects.requireNonNull(message);
  }

  private void purge(String queue) {
    serai.bean(RabbitAdmin.class).purgeQueue(queue, false);
  }

  private void awaitDepth(String queue, int messages) {
    await(queue).atMost(LONG).untilAsserted(() -> assertThat(depth(queue)).isEqualTo(messages));
  }

  private long depth(String queue) {
    QueueInformation found = serai.bean(RabbitAdmin.class).getQueueInfo(queue);
    return found == null ? -1 : found.getMessageCount();
  }

  private HttpResponse<String> delete(String id) throws Exception {
    return serai.send(request("/tasks/" + id).DELETE().build());
  }

  private HttpResponse<String> post(String path, String body, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return serai.send(request.build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serai.port() + path));
  }
}
