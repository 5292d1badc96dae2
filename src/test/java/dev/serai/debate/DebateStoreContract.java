package dev.serai.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.store.TestStore;
import dev.serai.tasks.Claim;
import dev.serai.tasks.Submission;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debates in the store, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class DebateStoreContract {
  private static final Claim TASK =
      new Claim(
          "d1",
          "debate",
          1,
          0,
          "",
          null,
          json(
              """
              {"question":"Tea?","rounds":2,"round_timeout":"1h","participants":[{"name":"Ann"},{"name":"Ben"},{}]}"""),
          null);

  private TestStore store;
  private DebateAnswers answers;
  private Debates debates;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    answers = new DebateAnswers(store.jdbc());
    debates = new Debates(store.jdbc(), store.transactions(), answers);
    task("d1", "debate", "running", null);
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  @Test
  void a_debate_begins_before_its_first_round_and_stays_as_it_is() {
    Debate debate = debates.open(TASK, 2);

    assertThat(debate.round()).isZero();
    assertThat(debate.missing()).isEmpty();
    assertThat(debate.isDecided()).isFalse();
    assertThat(debates.open(TASK, 2)).isEqualTo(debate);
  }

  @Test
  void a_round_has_its_time_and_begins_once() {
    Debate before = debates.open(TASK, 2);

    Debate first = debates.advance(TASK, before, "10m");
    Debate again = debates.advance(TASK, before, "10m"); // by one who has lost the task

    assertThat(first.round()).isEqualTo(1);
    assertThat(again.round()).isEqualTo(1);
    assertThat(again.ends()).isEqualTo(first.ends());
    assertThat(Duration.between(Instant.now(), first.ends()))
        .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(62));
    assertThat(first.missing())
        .extracting(Participant::name)
        .containsExactly("Ann", "Ben", "Participant 3");
  }

  @Test
  void a_participant_that_was_asked_is_not_asked_again() {
    Debate first = begun();
    task("q1", "llm", "queued", null);

    ask(first, 1, "q1");
    ask(first, 1, "q9");

    assertThat(debates.open(TASK, 2).missing())
        .extracting(Participant::number)
        .containsExactly(2, 3);
    assertThat(debates.open(TASK, 2).answers())
        .extracting(Answer::task, Answer::state)
        .containsExactly(tuple("q1", "asked"));
  }

  @Test
  void one_whose_question_was_taken_back_has_to_be_asked_again() {
    Debate first = begun();
    Participant ann = first.missing().get(0);

    assertThatThrownBy(() -> answers.asked(first, ann, new Submission("unfinished", "")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(debates.open(TASK, 2).missing()).contains(ann);
  }

  @Test
  void an_answer_counts_once_and_the_last_one_decides() {
    asked("running", "running", "running");
    end("q1", "succeeded", result("Tea."));
    end("q2", "failed", null);

    assertThat(answers.gather("q1"))
        .isEqualTo(new Gathered("d1", DebateProgress.of(1, 1, 2), false));
    assertThat(answers.gather("q1")).isNull();
    assertThat(answers.gather("q3")).as("it has not ended").isNull();
    assertThat(answers.gather("q0")).as("of no debate").isNull();
    assertThat(answers.isDecided("d1")).isFalse();
    assertThat(Objects.requireNonNull(answers.gather("q2")).decided()).isFalse();
    end("q3", "succeeded", result("Juice."));
    assertThat(Objects.requireNonNull(answers.gather("q3")).decided()).isTrue();

    Debate debate = debates.open(TASK, 2);
    assertThat(debate.isDecided()).isTrue();
    assertThat(debate.isEnough()).isTrue();
    assertThat(debate.given(1)).extracting(Answer::text).containsExactly("Tea.", "Juice.");
    assertThat(debate.given(1).get(0).usage().cost()).isEqualByComparingTo("0.5");
  }

  @Test
  void each_answer_is_counted_by_one_of_many() throws Exception {
    asked("succeeded", "succeeded", "succeeded");
    ExecutorService processes = Executors.newFixedThreadPool(4);

    List<Callable<Long>> each =
        IntStream.range(0, 4)
            .<Callable<Long>>mapToObj(
                i ->
                    () ->
                        List.of("q1", "q2", "q3").stream()
                            .map(answers::gather)
                            .filter(Objects::nonNull)
                            .count())
            .toList();
    long counted = 0;
    for (Future<Long> part : processes.invokeAll(each)) {
      counted += part.get();
    }
    processes.shutdown();

    assertThat(counted).isEqualTo(3);
  }

  @Test
  void answers_that_nobody_was_told_of_are_found() {
    asked("succeeded", "failed", "expired");
    rest();
    assertThat(debates.due("1h", 10)).containsExactly("d1");
    assertThat(debates.due("1h", 10)).as("another look").isEmpty();
    assertThat(answers.isDecided("d1")).isTrue();

    assertThat(debates.open(TASK, 2).of(1))
        .extracting(Answer::state)
        .containsExactly("succeeded", "failed", "expired");
  }

  @Test
  void who_is_late_stays_late() {
    asked("succeeded", "running", "running");
    rest();
    assertThat(debates.due("1h", 10)).isEmpty();
    store
        .jdbc()
        .sql("UPDATE debate SET ends_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND")
        .update();

    assertThat(debates.due("1h", 10)).containsExactly("d1");
    Debate debate = debates.open(TASK, 2);
    end("q2", "succeeded", result("Coffee."));

    assertThat(debate.isDecided()).isTrue();
    assertThat(debate.shortage())
        .isEqualTo(
            "round 1 of 2 has 1 of the 2 answers that it needs; without one: Ben (late: late),"
                + " Participant 3 (late: late)");
    assertThat(answers.gather("q2")).isNull();
    assertThat(debates.open(TASK, 2).given(1)).hasSize(1);
    assertThat(answers.questions("d1")).containsExactly("q3");
  }

  @Test
  void a_question_that_is_forgotten_has_no_answer() {
    asked("succeeded", "succeeded", "running");
    store.jdbc().sql("DELETE FROM task WHERE id = 'q3'").update();

    assertThat(debates.open(TASK, 2).isDecided()).isTrue();
  }

  @Test
  void a_debate_in_work_is_not_woken() {
    asked("succeeded", "succeeded", "succeeded");

    assertThat(debates.due("1h", 10)).isEmpty();
  }

  @Test
  void the_judge_comes_after_the_last_round() {
    Debate debate = begun();
    debate = debates.advance(TASK, debate, "1h");
    debate = debates.advance(TASK, debate, "1h");

    assertThat(debate.isVerdict()).isTrue();
    assertThat(debate.missing()).extracting(Participant::name).containsExactly("Judge");
    assertThat(debate.isOver()).isFalse();
    task("j", "llm", "succeeded", result("Water."));
    answers.asked(debate, debate.missing().get(0), new Submission("same", "j"));

    assertThat(debates.open(TASK, 2).isOver()).isTrue();
  }

  @Test
  void it_is_forgotten_with_its_task() {
    asked("succeeded", "succeeded", "succeeded");

    store.jdbc().sql("DELETE FROM task WHERE id = 'd1'").update();

    assertThat(count("debate")).isZero();
    assertThat(count("debate_answer")).isZero();
  }

  private long count(String table) {
    return store.jdbc().sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
  }

  private Debate begun() {
    return debates.advance(TASK, debates.open(TASK, 2), "10m");
  }

  /** The three have these questions, which are in these states. */
  private void asked(String... states) {
    Debate debate = begun();
    for (int i = 1; i <= states.length; i++) {
      task("q" + i, "llm", states[i - 1], states[i - 1].equals("succeeded") ? result("x") : null);
      ask(debate, i, "q" + i);
    }
  }

  private void ask(Debate debate, int participant, String task) {
    answers.asked(debate, debate.participants().get(participant - 1), new Submission("new", task));
  }

  private static String result(String text) {
    return """
        {"model":"m","choices":[{"message":{"content":"%s"}}],"usage":{"prompt_tokens":7,"completion_tokens":3},"serai":{"provider":"p","cost":0.5}}"""
        .formatted(text);
  }

  private void end(String id, String state, @Nullable String result) {
    store
        .jdbc()
        .sql("UPDATE task SET state = ?, result = ? WHERE id = ?")
        .param(state)
        .param(result)
        .param(id)
        .update();
  }

  private void rest() {
    store.jdbc().sql("UPDATE task SET lease_until = NULL WHERE id = 'd1'").update();
  }

  private void task(String id, String type, String state, @Nullable String result) {
    store
        .jdbc()
        .sql(
            "INSERT INTO task (id, type, state, priority, tenant, request, request_hash, result,"
                + " token, lease_until, cancel_asked, confirmed, announced, replays, created_at,"
                + " published_at) VALUES (?, ?, ?, 0, '', '{}', '', ?, 1,"
                + " CURRENT_TIMESTAMP + INTERVAL '1' HOUR, FALSE, TRUE, FALSE, 0,"
                + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
        .param(id)
        .param(type)
        .param(state)
        .param(result)
        .update();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
