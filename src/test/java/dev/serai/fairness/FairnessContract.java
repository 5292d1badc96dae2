package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.llm.ChatServer;
import dev.serai.support.SeraiApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks while thousands of another tenant wait in the store. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class FairnessContract {
  private static final int WAITING = Boolean.getBoolean("serai.test.long") ? 10_000 : 1_000;
  private static final int WORKERS = 4;
  private static final int FEW = 10;
  private static final long ANSWER = 200; // milliseconds
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HeldAnswers answers = new HeldAnswers();
  private final ChatServer provider = ChatServer.start().replies(answers);
  private SeraiApp serai;
  private LlmTasks tasks;
  private LineFigures figures;
  private Duration alone;

  /** Settings that choose the broker and the database; both are empty. */
  abstract Map<String, String> surroundings();

  @BeforeAll
  void many_tasks_of_one_tenant_wait(@TempDir Path data) throws Exception {
    Map<String, String> settings = new LinkedHashMap<>(surroundings());
    settings.put("serai.packs", "helixagent");
    settings.put("helixagent.tasks.renewal", "100ms");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.publish-after", "1s");
    settings.put("helixagent.llm.workers", String.valueOf(WORKERS));
    settings.put("helixagent.llm.fairness.enabled", "true");
    settings.putAll(provider.asProvider(0, "p", "m"));
    serai = SeraiApp.start(data, settings);
    tasks = new LlmTasks(serai);
    figures = new LineFigures(serai);
    answers.each(ANSWER);
    figures.timeOf(
        tasks.submit("first", FEW)); // the first ones also wait until the workers are known
    alone = figures.timeOf(tasks.submit("alone", FEW));
    answers.hold();
    tasks.submit("large", WAITING);
    await().atMost(LONG).until(() -> provider.requests().size() == 2 * FEW + WORKERS);
  }

  @AfterEach
  void go_on_as_before() {
    answers.hold();
    figures.forget("tenant <> 'large'");
  }

  @AfterAll
  void stop() {
    provider.close();
    serai.close();
  }

  @Test
  void the_queue_holds_two_tasks_for_each_worker_at_most() {
    assertThat(figures.inFlight()).isEqualTo(2 * WORKERS - 1);
    assertThat(figures.waiting()).isGreaterThan(WAITING / 2);
  }

  @Test
  void a_metric_tells_how_many_wait() {
    await()
        .atMost(LONG)
        .until(
            () ->
                serai
                    .get("/metrics")
                    .body()
                    .contains(
                        "serai_tasks_waiting{priority=\"0\"} %s.0".formatted(figures.waiting())));
  }

  @Test
  void an_urgent_task_is_the_next_that_starts() throws Exception {
    String urgent = tasks.submit("other", "?priority=10", "urgent");
    await().atMost(LONG).until(() -> figures.isSent(urgent));
    int asked = provider.requests().size();

    answers.allow(1);

    await().atMost(LONG).until(() -> provider.requests().size() > asked);
    assertThat(provider.requests().get(asked).at("/messages/0/content").asText())
        .isEqualTo("urgent");
    assertThat(figures.inFlight()).isLessThanOrEqualTo(2 * WORKERS);
  }

  @Test
  void a_tenant_with_few_tasks_is_done_within_twice_the_time_that_it_takes_alone()
      throws Exception {
    answers.each(ANSWER);
    answers.allow(WORKERS);
    int asked = provider.requests().size();
    await().atMost(LONG).until(() -> provider.requests().size() > asked + 2 * WORKERS);

    // a machine that stands still for a moment says nothing about the line: the best of three
    Duration beside = beside("small");
    for (int again = 2; again <= 3 && beside.compareTo(alone.multipliedBy(2)) > 0; again++) {
      beside = beside("small-" + again);
    }

    assertThat(beside).isLessThanOrEqualTo(alone.multipliedBy(2));
  }

  /** How long a tenant's few tasks take beside the many of another, which begin no faster. */
  private Duration beside(String tenant) throws Exception {
    Duration took = figures.timeOf(tasks.submit(tenant, FEW));
    int between = figures.begunMeanwhile("large", tenant);
    System.out.printf(
        "%d tasks alone %d ms, beside %d others %d ms; %d others began meanwhile%n",
        FEW, alone.toMillis(), WAITING, took.toMillis(), between);
    assertThat(between).isLessThanOrEqualTo(FEW + 2 * WORKERS);
    return took;
  }

  @Test
  void a_waiting_task_that_is_cancelled_never_starts() throws Exception {
    String id = tasks.submit("other", "", "cancelled");

    HttpResponse<String> answer =
        serai.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:%d/tasks/%s".formatted(serai.port(), id)))
                .DELETE()
                .build());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("state").asText()).isEqualTo("cancelled");
    assertThat(figures.isSent(id)).isFalse();
  }

  @Test
  void a_waiting_task_expires() throws Exception {
    String id = tasks.submit("other", "?deadline=1s", "expired");

    await()
        .atMost(LONG)
        .until(
            () -> JSON.readTree(serai.get("/tasks/" + id).body()).path("state").asText(),
            "expired"::equals);
    assertThat(figures.isSent(id)).isFalse();
  }

  @Test
  void a_repeated_key_finds_the_waiting_task() throws Exception {
    HttpResponse<String> first = tasks.post("other", "", "once", "key");
    HttpResponse<String> second = tasks.post("other", "", "once", "key");

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
  }
}
