package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.broker.Publisher;
import dev.serai.broker.QueueFigures;
import dev.serai.http.ProblemException;
import dev.serai.topology.Topologies;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people on call can do with parked messages, whichever broker holds them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class DeadLetterRules {
  static final Duration SOON = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  Trial trial;

  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path folder) {
    trial = new Trial(folder, broker());
  }

  @AfterAll
  void stop() {
    trial.close();
  }

  @BeforeEach
  void clear() {
    trial.admin().purgeQueue(trial.queue("dead"), false);
    trial.admin().purgeQueue(trial.queue("lost"), false);
  }

  @Test
  void lists_the_parking_queues_and_what_ends_there() throws Exception {
    park(2);

    JsonNode queue = find(ok(trial.serai().operatorGet("/dlq")).get("items"), "dead");

    assertThat(queue.get("messages").asInt()).isEqualTo(2);
    assertThat(queue.get("origins").toString()).contains(trial.queue("once"), trial.queue("work"));
  }

  @Test
  void shows_messages_oldest_first_and_leaves_them_there() throws Exception {
    park(5);

    JsonNode first = show("dead", "");
    JsonNode second = show("dead", "");

    assertThat(users(first)).containsExactly(0, 1, 2, 3, 4);
    assertThat(users(second)).containsExactly(0, 1, 2, 3, 4);
    JsonNode item = first.get("items").get(0);
    assertThat(item.get("id").asText()).isEqualTo("m-{\"user_id\":0}");
    assertThat(item.get("reason").asText()).isEqualTo("refused");
    assertThat(item.get("route").asText()).isEqualTo("trial-once");
    assertThat(item.get("origin").asText()).isEqualTo(trial.queue("once"));
    assertThat(item.get("attempts").asInt()).isEqualTo(1);
    assertThat(item.get("age").asLong()).isBetween(0L, 60L);
    assertThat(trial.depth("dead")).isEqualTo(5);
  }

  @Test
  void a_look_at_the_first_messages_does_not_change_the_order() throws Exception {
    park(5);

    assertThat(users(show("dead", "?limit=2"))).containsExactly(0, 1);

    assertThat(users(show("dead", ""))).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void shows_only_what_a_filter_names() throws Exception {
    park(5);

    assertThat(users(show("dead", "?filter=" + encoded("$.user_id >= 3")))).containsExactly(3, 4);
    assertThat(users(show("dead", "?filter=" + encoded("header:serai-route=trial-work"))))
        .isEmpty();
  }

  @Test
  void sends_all_messages_back_to_where_they_came_from() throws Exception {
    park(3);
    Trial.Attempts attempts = trial.target("once", (body, attempt, exchange) -> {});

    JsonNode done = replay("dead", "{}");

    assertThat(done.get("replayed").asInt()).isEqualTo(3);
    await().atMost(SOON).until(() -> attempts.count() == 3);
    assertThat(attempts.bodies())
        .containsExactlyInAnyOrder("{\"user_id\":0}", "{\"user_id\":1}", "{\"user_id\":2}");
    assertThat(trial.depth("dead")).isZero();
  }

  @Test
  void sends_only_what_filter_and_max_allow() throws Exception {
    park(5);
    Trial.Attempts attempts = trial.target("once", (body, attempt, exchange) -> {});

    JsonNode done = replay("dead", "{\"filter\":\"$.user_id > 1\",\"max\":2}");

    assertThat(done.get("ids")).hasSize(2);
    await().atMost(SOON).until(() -> attempts.count() == 2);
    assertThat(users(show("dead", ""))).containsExactly(0, 1, 4);
  }

  @Test
  void a_dry_run_says_what_it_would_send_and_sends_nothing() throws Exception {
    park(2);
    Trial.Attempts attempts = trial.target("once", (body, attempt, exchange) -> {});

    JsonNode done = replay("dead", "{\"dryRun\":true}");

    assertThat(done.get("matched").asInt()).isEqualTo(2);
    assertThat(done.get("replayed").asInt()).isZero();
    assertThat(users(show("dead", ""))).containsExactly(0, 1);
    assertThat(attempts.count()).isZero();
  }

  @Test
  void a_replayed_message_that_fails_again_is_parked_once_and_counts_its_replays()
      throws Exception {
    park(1);

    JsonNode done = replay("dead", "");

    assertThat(done.get("replayed").asInt()).isEqualTo(1);
    await().atMost(SOON).until(() -> Long.valueOf(1).equals(trial.depth("dead")));
    JsonNode item = show("dead", "").get("items").get(0);
    assertThat(item.get("replays").asInt()).isEqualTo(1);
    assertThat(item.get("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void sends_to_another_queue_on_request() throws Exception {
    park(1);
    Trial.Attempts attempts = trial.target("work", (body, attempt, exchange) -> {});

    replay("dead", "{\"to\":\"" + trial.queue("work") + "\"}");

    await().atMost(SOON).until(() -> attempts.count() == 1);
  }

  @Test
  void replays_at_the_same_time_send_every_message_once() throws Exception {
    park(40);
    Trial.Attempts attempts = trial.target("once", (body, attempt, exchange) -> {});
    ExecutorService callers = Executors.newFixedThreadPool(4);
    Callable<JsonNode> replay = () -> replay("dead", "{}");

    int sent = 0;
    for (Future<JsonNode> done : callers.invokeAll(List.of(replay, replay, replay, replay))) {
      sent += done.get().get("replayed").asInt();
    }
    callers.shutdown();

    assertThat(sent).isEqualTo(40);
    await().atMost(SOON).until(() -> attempts.count() == 40);
    assertThat(attempts.bodies()).doesNotHaveDuplicates();
  }

  @Test
  void sends_no_message_that_was_parked_after_it_looked() throws Exception {
    park(2);
    Replay replay =
        new Replay(
            trial.serai().bean(ConnectionFactory.class),
            trial.serai().bean(Publisher.class),
            new ParkingQueues(trial.serai().bean(Topologies.class)),
            trial.queue("dead"),
            ReplayRequest.parse("{}"));
    Replay.Found found = replay.look();
    trial.publish("once", "{\"user_id\":2}", Map.of());
    await().atMost(SOON).until(() -> Long.valueOf(3).equals(trial.depth("dead")));
    trial.target("once", (body, attempt, exchange) -> {});

    Replay.Done done = replay.send(found);

    assertThat(done.failure()).isNull();
    assertThat(done.ids()).isEqualTo(found.ids()).hasSize(2);
    assertThat(users(show("dead", ""))).containsExactly(2);
  }

  @Test
  void a_connection_that_is_cut_after_a_confirm_leaves_the_message_parked_as_well()
      throws Exception {
    park(3);
    Trial.Attempts attempts = trial.target("once", (body, attempt, exchange) -> {});
    ParkedMessages cut =
        new ParkedMessages(
            new CutConnections(trial.serai().bean(ConnectionFactory.class), 1),
            trial.serai().bean(Publisher.class),
            trial.serai().bean(QueueFigures.class),
            trial.serai().bean(Topologies.class));

    assertThatThrownBy(() -> cut.replay(trial.queue("dead"), "{}"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.code()).isEqualTo("replay-incomplete");
              assertThat(problem).hasMessageStartingWith("3 of 3 were sent;");
            });

    await().atMost(SOON).until(() -> attempts.count() == 3);
    await().atMost(SOON).until(() -> Long.valueOf(2).equals(trial.depth("dead")));
    assertThat(users(show("dead", ""))).containsExactly(1, 2);
  }

  @Test
  void what_its_target_refuses_stays_parked() throws Exception {
    park(3);

    HttpResponse<String> answer =
        post("dead", "{\"to\":\"%s\"}".formatted(trial.queue("closed"))); // takes one only

    assertProblem(answer, 503, "replay-incomplete");
    await().atMost(SOON).until(() -> Long.valueOf(2).equals(trial.depth("dead")));
    assertThat(users(show("dead", ""))).containsExactly(1, 2);
    assertThat(trial.depth("closed")).isEqualTo(1);
  }

  @Test
  void refuses_what_it_cannot_do() throws Exception {
    assertProblem(
        trial.serai().operatorGet("/dlq/" + trial.queue("work")), 404, "unknown-parking-queue");
    assertProblem(get("dead", "?filter=user_id"), 400, "bad-filter");
    assertProblem(get("dead", "?limit=0"), 400, "bad-limit");
    assertProblem(post("dead", "{\"dryrun\":true}"), 400, "bad-replay");
    assertProblem(post("dead", "{\"filter\":\"$.[\"}"), 400, "bad-filter");
    assertProblem(post("dead", "{\"to\":\"nowhere\"}"), 422, "unknown-queue");
  }

  @Test
  void a_body_sent_as_a_form_is_refused_and_changes_nothing() throws Exception {
    park(1);
    URI address =
        URI.create(
            "http://127.0.0.1:%d/dlq/%s/replay"
                .formatted(trial.serai().operatorPort(), trial.queue("dead")));

    HttpResponse<String> answer =
        trial
            .serai()
            .send(
                HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build());

    assertProblem(answer, 415, "unsupported-media-type");
    assertThat(trial.depth("dead")).isEqualTo(1);
  }

  void park(int messages) {
    trial.target(
        "once",
        (body, attempt, exchange) -> {
          throw new IllegalStateException("refused");
        });
    for (int i = 0; i < messages; i++) {
      trial.publish("once", "{\"user_id\":" + i + "}", Map.of());
    }
    await().atMost(SOON).until(() -> Long.valueOf(messages).equals(trial.depth("dead")));
  }

  JsonNode show(String queue, String query) throws Exception {
    return ok(get(queue, query));
  }

  JsonNode replay(String queue, String body) throws Exception {
    return ok(post(queue, body));
  }

  HttpResponse<String> get(String queue, String query) throws Exception {
    return trial.serai().operatorGet("/dlq/" + trial.queue(queue) + query);
  }

  HttpResponse<String> post(String queue, String body) throws Exception {
    return trial.serai().operatorPost("/dlq/" + trial.queue(queue) + "/replay", body);
  }

  static void assertProblem(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).get("code").asText()).isEqualTo(code);
  }

  private static JsonNode ok(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private JsonNode find(JsonNode items, String queue) {
    for (JsonNode item : items) {
      if (item.get("queue").asText().equals(trial.queue(queue))) {
        return item;
      }
    }
    throw new AssertionError(queue + " is not in " + items);
  }

  private static List<Integer> users(JsonNode shown) {
    return shown.get("items").findValues("user_id").stream().map(JsonNode::asInt).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
