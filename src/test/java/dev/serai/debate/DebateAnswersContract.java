package dev.serai.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.serai.tasks.Submission;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who has answered in a debate, in the store, on whichever database. */
abstract class DebateAnswersContract extends StoredDebateContract {
  @Test
  void a_participant_that_was_asked_is_not_asked_again() {
    Debate first = debate.begun();
    debate.task("q1", "llm", "queued", null);

    debate.ask(first, 1, "q1");
    debate.ask(first, 1, "q9");

    assertThat(debate.open().missing()).extracting(Participant::number).containsExactly(2, 3);
    assertThat(debate.open().answers())
        .extracting(Answer::task, Answer::state)
        .containsExactly(tuple("q1", "asked"));
  }

  @Test
  void one_whose_question_was_taken_back_has_to_be_asked_again() {
    Debate first = debate.begun();
    Participant ann = first.missing().get(0);

    assertThatThrownBy(
            () ->
                debate
                    .answers()
                    .asked(StoredDebate.TASK, first, ann, new Submission("unfinished", "")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(debate.open().missing()).contains(ann);
  }

  @Test
  void an_answer_counts_once_and_the_last_one_decides() {
    debate.asked("running", "running", "running");
    debate.end("q1", "succeeded", StoredDebate.result("Tea."));
    debate.end("q2", "failed", null);

    assertThat(debate.answers().gather("q1")).isEqualTo(new Gathered("d1", false));
    assertThat(debate.answers().gather("q1")).isNull();
    assertThat(debate.answers().gather("q3")).as("it has not ended").isNull();
    assertThat(debate.answers().gather("q0")).as("of no debate").isNull();
    assertThat(debate.answers().isDecided("d1")).isFalse();
    assertThat(Objects.requireNonNull(debate.answers().gather("q2")).decided()).isFalse();
    debate.end("q3", "succeeded", StoredDebate.result("Juice."));
    assertThat(Objects.requireNonNull(debate.answers().gather("q3")).decided()).isTrue();

    Debate now = debate.open();
    assertThat(now.isDecided()).isTrue();
    assertThat(now.isEnough()).isTrue();
    assertThat(now.given(1)).extracting(Answer::text).containsExactly("Tea.", "Juice.");
    assertThat(now.given(1).get(0).usage().cost()).isEqualByComparingTo("0.5");
  }

  @Test
  void callers_see_how_far_a_debate_is_that_rests() {
    debate.asked("running", "running", "running");
    debate.end("q1", "succeeded", StoredDebate.result("Tea."));
    debate.end("q2", "failed", null);
    debate.answers().gather("q1");
    debate.answers().gather("q2");

    debate.debates().note("d1");
    assertThat(debate.progress()).as("its worker will note that").isNull();
    debate.rest();
    debate.debates().note("d1");

    assertThat(debate.progress())
        .isEqualTo("{\"round\":1,\"rounds_done\":0,\"answers\":1,\"open\":1}");
  }

  @Test
  void each_answer_is_counted_by_one_of_many() throws Exception {
    debate.asked("succeeded", "succeeded", "succeeded");
    ExecutorService processes = Executors.newFixedThreadPool(4);

    List<Callable<Long>> each =
        IntStream.range(0, 4)
            .<Callable<Long>>mapToObj(
                i ->
                    () ->
                        List.of("q1", "q2", "q3").stream()
                            .map(debate.answers()::gather)
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
  void a_question_that_is_forgotten_has_no_answer() {
    debate.asked("succeeded", "succeeded", "running");
    debate.change("DELETE FROM task WHERE id = 'q3'");

    assertThat(debate.open().isDecided()).isTrue();
  }
}
