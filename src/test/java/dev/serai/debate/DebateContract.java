package dev.serai.debate;

import static dev.serai.llm.ChatServer.answer;
import static dev.serai.llm.ChatServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.llm.ChatServer;
import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** Debates on a whole Serai with three providers. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class DebateContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String EVENTS = "helixagent.events.debate";

  private final ChatServer a = ChatServer.start();
  private final ChatServer b = ChatServer.start();
  private final ChatServer c = ChatServer.start();
  private SeraiApp serai;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    serai = SeraiApp.start(data, DebateSettings.with(broker(), a, b, c));
  }

  @AfterAll
  void stop() {
    serai.close();
    List.of(a, b, c).forEach(ChatServer::close);
  }

  @AfterEach
  void forget() {
    List.of(a, b, c).forEach(ChatServer::anew);
    serai.bean(RabbitAdmin.class).purgeQueue(EVENTS, false);
    serai.bean(RabbitAdmin.class).purgeQueue("helixagent.dlq", false);
  }

  @Test
  void three_participants_see_each_others_answers_and_a_judge_decides() throws Exception {
    a.replies(answer("Tea."), answer("Still tea."), answer("Water."));
    b.replies(answer("Coffee."), answer("Well, tea."));
    c.replies(answer("Juice."), answer("Tea, then."));

    JsonNode task = awaitState(submit("", "\"rounds\":2"), "succeeded");

    JsonNode result = task.path("result");
    assertThat(result.at("/verdict/text").asText()).isEqualTo("Water.");
    assertThat(result.findValuesAsText("text"))
        .containsExactly(
            "Water.", "Tea.", "Coffee.", "Juice.", "Still tea.", "Well, tea.", "Tea, then.");
    assertThat(result.at("/usage/total_tokens").asInt()).isEqualTo(7 * 10);
    assertThat(result.path("cost").asInt()).isEqualTo(7 * (7 + 2 * 3));
    assertThat(DebateSettings.words(b, 0)).contains("Tea or coffee?").doesNotContain("last round");
    assertThat(DebateSettings.words(b, 1))
        .contains("that of Ben", "Ann:\\nTea.", "Ben:\\nCoffee.", "Participant 3:\\nJuice.");
    assertThat(DebateSettings.words(a, 2)).contains("judge", "Still tea.", "Well, tea.");
    assertThat(a.requests().get(0).at("/messages/0/content").asText())
        .isEqualTo("You are Ann. You love tea.");
    assertThat(List.of(a.requests().size(), b.requests().size(), c.requests().size()))
        .containsExactly(3, 2, 2);
    assertThat(next("debate.started").path("participants")).hasSize(3);
    assertThat(next("debate.round.completed").path("round").asInt()).isEqualTo(1);
    assertThat(next("debate.round.completed").findValuesAsText("text"))
        .containsExactly("Still tea.", "Well, tea.", "Tea, then.");
    assertThat(next("debate.succeeded").path("result")).isEqualTo(result);
    assertThat(task.path("attempts"))
        .extracting(attempt -> attempt.path("outcome").asText())
        .startsWith("rested")
        .endsWith("succeeded");
  }

  @Test
  void one_that_fails_and_one_that_never_answers_do_not_stall_it() throws Exception {
    a.replies(answer("Tea."), answer("Tea it is."));
    b.replies(status(500, "{}"));
    c.replies(c.silence());

    JsonNode task =
        awaitState(
            submit("", "\"rounds\":1,\"minimum_answers\":1,\"round_timeout\":\"5s\""), "succeeded");

    JsonNode answers = task.at("/result/rounds/0/answers");
    assertThat(answers)
        .extracting(answer -> answer.path("state").asText())
        .startsWith("succeeded", "failed");
    assertThat(answers.path(1).path("error").asText()).contains("status 500");
    assertThat(answers.path(2).path("state").asText()).isIn("expired", "late");
    assertThat(task.at("/result/verdict/text").asText()).isEqualTo("Tea it is.");
    next("debate.started");
    next("debate.round.completed");
    next("debate.succeeded");
  }

  @Test
  void without_the_minimum_of_answers_it_fails_and_says_whose_are_missing() throws Exception {
    a.replies(answer("Tea."));
    b.replies(status(400, "{}"));
    c.replies(status(422, "{}"));

    JsonNode task = awaitState(submit("", "\"rounds\":2"), "failed");

    assertThat(task.at("/error/detail").asText())
        .contains("too-few-answers: round 1 of 2 has 1 of the 2 answers", "Ben (failed: ")
        .contains("Participant 3 (failed: ");
    next("debate.started");
    assertThat(next("debate.failed").path("error")).isEqualTo(task.path("error"));
    assertThat(a.requests()).hasSize(1);
  }

  @Test
  void cancelling_it_cancels_its_questions() throws Exception {
    a.replies(answer("Tea."));
    b.replies(answer("Coffee."));
    c.replies(c.endless(""));
    String id = submit("", "\"rounds\":2");
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              JsonNode task = task(id);
              assertThat(task.path("state").asText()).isEqualTo("running");
              assertThat(task.path("progress"))
                  .hasToString("{\"round\":1,\"rounds_done\":0,\"answers\":2,\"open\":1}");
            });

    assertThat(DebateSettings.cancel(serai, id)).isEqualTo(200);

    assertThat(task(id).path("state").asText()).isEqualTo("cancelled");
    assertThat(c.isLeft()).isTrue();
    next("debate.started");
    next("debate.cancelled");
    assertThat(a.requests()).hasSize(1);
  }

  @Test
  void its_deadline_is_that_of_its_questions() throws Exception {
    a.replies(answer("Tea."));
    b.replies(answer("Coffee."));
    c.replies(c.endless(""));

    JsonNode task = awaitState(submit("?deadline=5s", "\"rounds\":2"), "expired");

    assertThat(task.at("/error/code").asText()).isEqualTo("deadline");
    assertThat(c.isLeft()).isTrue();
    next("debate.started");
    next("debate.expired");
  }

  private String submit(String query, String fields) throws Exception {
    HttpResponse<String> response =
        serai.post("/tasks/debate" + query, DebateSettings.request(fields));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return JSON.readTree(response.body()).path("id").asText();
  }

  private JsonNode task(String id) throws Exception {
    return JSON.readTree(serai.get("/tasks/" + id).body());
  }

  private JsonNode awaitState(String id, String state) {
    return await(id)
        .atMost(LONG)
        .until(() -> task(id), task -> task.path("state").asText().equals(state));
  }

  private JsonNode next(String key) throws IOException {
    Message message =
        Objects.requireNonNull(
            serai.bean(RabbitAdmin.class).getRabbitTemplate().receive(EVENTS, LONG.toMillis()));
    assertThat(message.getMessageProperties().getReceivedRoutingKey()).isEqualTo(key);
    return JSON.readTree(message.getBody());
  }
}
