package dev.serai.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.http.HttpDoor;
import dev.serai.streams.Follower.Event;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a caller sees who follows a task. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class TaskStreamContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String SAID = "This answer is simulated. You said: ";

  private SeraiApp serai;

  /** Settings that choose the broker; it has no queues yet. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>(broker());
    settings.put("serai.packs", "helixagent");
    settings.put("helixagent.llm.simulated.delay", "100ms");
    settings.put("helixagent.tasks.stream.look", "20ms");
    serai = SeraiApp.start(data, settings);
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  private String submit(String words, boolean stream) throws Exception {
    HttpResponse<String> accepted =
        serai.post(
            "/tasks/llm",
            "{\"model\":\"simulated\",\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(stream, words));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    return JSON.readTree(accepted.body()).path("id").asText();
  }

  @Test
  void it_is_told_piece_by_piece_while_the_task_runs_and_then_the_end() throws Exception {
    String id = submit("one two three", true);

    try (Follower follower = new Follower(serai, id, "")) {
      assertThat(follower.answer().headers().firstValue("Content-Type"))
          .hasValue("text/event-stream");
      await().atMost(LONG).until(() -> follower.pieces().size() >= 2);
      assertThat(follower.hasEnded()).isFalse();
      await().atMost(LONG).until(follower::hasEnded);

      List<Event> pieces = follower.pieces();
      assertThat(Follower.text(pieces)).isEqualTo(SAID + "one two three");
      assertThat(pieces).extracting(Event::id).doesNotHaveDuplicates();
      assertThat(pieces.get(0).id()).isEqualTo("1.1.1");
      JsonNode end = follower.end();
      assertThat(end.path("state").asText()).isEqualTo("succeeded");
      assertThat(end.at("/result/choices/0/message/content").asText())
          .isEqualTo(Follower.text(pieces));
    }
  }

  @Test
  void who_comes_back_goes_on_without_a_gap_or_a_repeat() throws Exception {
    String id = submit("a b c d e f", true);
    List<Event> seen = new ArrayList<>();
    try (Follower first = new Follower(serai, id, "")) {
      await().atMost(LONG).until(() -> first.pieces().size() >= 3);
      seen.addAll(first.pieces());
    }

    try (Follower second = new Follower(serai, id, seen.get(seen.size() - 1).id())) {
      await().atMost(LONG).until(second::hasEnded);
      seen.addAll(second.pieces());
    }

    assertThat(Follower.text(seen)).isEqualTo(SAID + "a b c d e f");
    assertThat(seen).extracting(Event::id).doesNotHaveDuplicates();
    assertThat(seen).noneMatch(piece -> piece.data().path("restarted").asBoolean());
  }

  @Test
  void who_comes_after_the_end_gets_all_of_it() throws Exception {
    String id = submit("late", true);
    try (Follower impatient = new Follower(serai, id, "")) {
      await().atMost(LONG).until(() -> !impatient.pieces().isEmpty());
    }
    await().atMost(LONG).until(() -> state(id).equals("succeeded"));

    try (Follower late = new Follower(serai, id, "")) {
      await().atMost(LONG).until(late::hasEnded);

      assertThat(Follower.text(late.pieces())).isEqualTo(SAID + "late");
    }
  }

  @Test
  void a_task_that_does_not_stream_has_its_end_only() throws Exception {
    String id = submit("quiet", false);

    try (Follower follower = new Follower(serai, id, "")) {
      await().atMost(LONG).until(follower::hasEnded);

      assertThat(follower.pieces()).isEmpty();
      assertThat(follower.end().at("/result/choices/0/message/content").asText())
          .isEqualTo(SAID + "quiet");
    }
  }

  @Test
  void a_cancelled_task_ends_the_stream() throws Exception {
    String id = submit("x ".repeat(200).strip(), true);

    try (Follower follower = new Follower(serai, id, "")) {
      await().atMost(LONG).until(() -> !follower.pieces().isEmpty());
      serai.send(
          java.net.http.HttpRequest.newBuilder(
                  java.net.URI.create("http://127.0.0.1:%d/tasks/%s".formatted(serai.port(), id)))
              .DELETE()
              .build());
      await().atMost(LONG).until(follower::hasEnded);

      assertThat(follower.end().path("state").asText()).isEqualTo("cancelled");
    }
  }

  @Test
  void who_follows_does_not_hold_up_an_edit() throws Exception {
    String id = submit("x ".repeat(200).strip(), true);
    HttpDoor door = serai.bean(HttpDoor.class);

    try (Follower follower = new Follower(serai, id, "")) {
      await().atMost(LONG).until(() -> !follower.pieces().isEmpty());
      door.close(Set.of("/tasks/{id}/stream"));

      assertThat(door.inside()).isZero();
      assertThat(follower.hasEnded()).isFalse();
    } finally {
      door.open();
    }
  }

  @Test
  void what_cannot_be_followed_is_a_problem() throws Exception {
    assertThat(serai.get("/tasks/01a1ff63-daef-71ca-8907-0c24e9170832/stream").body())
        .contains("unknown-task");
    String id = submit("one", true);
    try (Follower wrong = new Follower(serai, id, "first")) {
      assertThat(wrong.answer().statusCode()).isEqualTo(400);
    }
  }

  private String state(String id) throws Exception {
    return JSON.readTree(serai.get("/tasks/" + id).body()).path("state").asText();
  }
}
