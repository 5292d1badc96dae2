package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of tasks that are worked on, on a whole Serai. */
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class TasksContract extends TaskCalls {
  private HttpServer target;
  private volatile int status;
  private volatile CountDownLatch asked = new CountDownLatch(1);
  private volatile CountDownLatch answering = new CountDownLatch(0);
  private final int workers = Runtime.getRuntime().availableProcessors() + 3;

  @BeforeAll
  void start_with_a_target(@TempDir Path data) throws IOException {
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
    Map<String, String> settings = new LinkedHashMap<>();
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
    start(data, settings);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterAll
  void stop_the_target() {
    target.stop(0);
  }

  @BeforeEach
  void begin_anew() {
    status = 200;
    answering = new CountDownLatch(0);
    asked = new CountDownLatch(1);
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
}
