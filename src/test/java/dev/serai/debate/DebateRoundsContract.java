package dev.serai.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.tasks.Submission;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rounds of a debate in the store, on whichever database. */
abstract class DebateRoundsContract extends StoredDebateContract {
  @Test
  void a_debate_begins_before_its_first_round_and_stays_as_it_is() {
    Debate now = debate.open();

    assertThat(now.round()).isZero();
    assertThat(now.missing()).isEmpty();
    assertThat(now.isDecided()).isFalse();
    assertThat(debate.open()).isEqualTo(now);
  }

  @Test
  void a_round_has_its_time_and_begins_once() {
    Debate before = debate.open();

    Debate first = debate.advance(before);
    Debate again = debate.advance(before); // after a failure

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
  void a_worker_that_has_lost_the_debate_changes_nothing() {
    Debate first = debate.begun();
    debate.task("q1", "llm", "queued", null);
    debate.change("UPDATE task SET token = 2 WHERE id = 'd1'"); // another one has begun it

    assertThatThrownBy(() -> debate.advance(first)).hasMessageContaining("another worker's");
    assertThatThrownBy(() -> debate.ask(first, 1, "q1")).hasMessageContaining("another worker's");

    assertThat(debate.open().round()).isEqualTo(1);
    assertThat(debate.count("debate_answer")).isZero();
  }

  @Test
  void answers_that_nobody_was_told_of_are_found() {
    debate.asked("succeeded", "failed", "expired");
    debate.rest();
    assertThat(debate.debates().due("1h", 10)).containsExactly("d1");
    assertThat(debate.debates().due("1h", 10)).as("another look").isEmpty();
    assertThat(debate.answers().isDecided("d1")).isTrue();

    assertThat(debate.open().of(1))
        .extracting(Answer::state)
        .containsExactly("succeeded", "failed", "expired");
  }

  @Test
  void who_is_late_stays_late() {
    debate.asked("succeeded", "running", "running");
    debate.rest();
    assertThat(debate.debates().due("1h", 10)).isEmpty();
    debate.change("UPDATE debate SET ends_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");

    assertThat(debate.debates().due("1h", 10)).containsExactly("d1");
    Debate now = debate.open();
    debate.end("q2", "succeeded", StoredDebate.result("Coffee."));

    assertThat(now.isDecided()).isTrue();
    assertThat(now.shortage())
        .isEqualTo(
            "round 1 of 2 has 1 of the 2 answers that it needs; without one: Ben (late: late),"
                + " Participant 3 (late: late)");
    assertThat(debate.answers().gather("q2")).isNull();
    assertThat(debate.open().given(1)).hasSize(1);
  }

  @Test
  void the_questions_of_a_debate_that_is_over_are_nobodys() {
    debate.asked("succeeded", "running", "queued");
    assertThat(debate.answers().questions("d1")).as("it goes on").isEmpty();

    debate.end("d1", "cancelled", null);

    assertThat(debate.answers().questions("d1")).containsExactly("q2", "q3");
  }

  @Test
  void a_debate_in_work_is_not_woken() {
    debate.asked("succeeded", "succeeded", "succeeded");

    assertThat(debate.debates().due("1h", 10)).isEmpty();
  }

  @Test
  void the_judge_comes_after_the_last_round() {
    Debate now = debate.begun();
    now = debate.advance(now);
    now = debate.advance(now);

    assertThat(now.isVerdict()).isTrue();
    assertThat(now.missing()).extracting(Participant::name).containsExactly("Judge");
    assertThat(now.isOver()).isFalse();
    debate.task("j", "llm", "succeeded", StoredDebate.result("Water."));
    debate
        .answers()
        .asked(StoredDebate.TASK, now, now.missing().get(0), new Submission("same", "j"));

    assertThat(debate.open().isOver()).isTrue();
  }

  @Test
  void it_is_forgotten_with_its_task() {
    debate.asked("succeeded", "succeeded", "succeeded");

    debate.change("DELETE FROM task WHERE id = 'd1'");

    assertThat(debate.count("debate")).isZero();
    assertThat(debate.count("debate_answer")).isZero();
  }
}
