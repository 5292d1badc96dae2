package dev.serai.debate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serai.tasks.Claim;
import dev.serai.tasks.Submission;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who was asked what in a debate, in the store. Bean {@code debateAnswers}; thread-safe. An answer
 * counts once: when it is {@code asked} no more, nothing changes it.
 */
@Component("debateAnswers")
public class DebateAnswers {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** Takes over how the question's task has ended. */
  private static final String TAKE =
      "UPDATE debate_answer SET state = (SELECT t.state FROM task t WHERE t.id = task_id),"
          + " result = (SELECT t.result FROM task t WHERE t.id = task_id),"
          + " error = (SELECT t.error FROM task t WHERE t.id = task_id)"
          + " WHERE state = 'asked' AND EXISTS (SELECT 1 FROM task t WHERE t.id = task_id"
          + " AND t.state NOT IN ('queued', 'running'))";

  /** Row {@code t} of table task is still that of a claim: its id and token. */
  static final String HELD = " t.id = ? AND t.token = ? AND t.state = 'running'";

  private final JdbcClient jdbc;

  DebateAnswers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Notes that a participant was asked.
   *
   * @param task of the debate
   * @param submission of the question's task; the same one each time it is tried
   * @throws IllegalStateException if that is not stored for sure, or the debate's task is another
   *     worker's, or over
   */
  public void asked(Claim task, Debate debate, Participant participant, Submission submission) {
    if (submission.id().isEmpty()) {
      throw new IllegalStateException("the question was taken back just now; ask again");
    }
    int noted =
        jdbc.sql(
                "INSERT INTO debate_answer (debate_id, round, participant, task_id, state)"
                    + " SELECT t.id, ?, ?, ?, 'asked' FROM task t WHERE"
                    + HELD
                    + " ON CONFLICT DO NOTHING")
            .param(debate.round())
            .param(participant.number())
            .param(submission.id())
            .param(task.id())
            .param(task.token())
            .update();
    if (noted == 0) {
      refuseUnlessHeld(task);
    }
  }

  /** It was done before by this worker; or the worker has lost the debate, and must end. */
  void refuseUnlessHeld(Claim task) {
    Optional<String> held =
        jdbc.sql("SELECT t.id FROM task t WHERE" + HELD)
            .param(task.id())
            .param(task.token())
            .query(String.class)
            .optional();
    if (held.isEmpty()) {
      throw new IllegalStateException(task + " is another worker's, or over");
    }
  }

  /**
   * Counts the answer of a question that has ended.
   *
   * @param task of the question
   * @return null when it is no question of a debate, or was counted before
   */
  public @Nullable Gathered gather(String task) {
    int counted = jdbc.sql(TAKE + " AND task_id = ?").param(task).update();
    return counted == 0
        ? null
        : jdbc.sql("SELECT debate_id FROM debate_answer WHERE task_id = ?")
            .param(task)
            .query(String.class)
            .optional()
            .map(debate -> new Gathered(debate, progress(debate).open() == 0))
            .orElse(null);
  }

  /** How far a debate is with its round, as far as the answers are counted. */
  DebateProgress progress(String debate) {
    return jdbc.sql(
            "SELECT d.round, COUNT(CASE WHEN a.state = 'succeeded' THEN 1 END) given,"
                + " COUNT(CASE WHEN a.state = 'asked' THEN 1 END) still_open"
                + " FROM debate d LEFT JOIN debate_answer a ON a.debate_id = d.id"
                + " AND a.round = d.round WHERE d.id = ? GROUP BY d.id, d.round")
        .param(debate)
        .query(
            (row, index) ->
                DebateProgress.of(
                    row.getInt("round"), row.getInt("given"), row.getInt("still_open")))
        .single();
  }

  /** Counts all answers of a debate that are there; those that nobody waits for are late. */
  void gatherAll(String debate) {
    jdbc.sql(TAKE + " AND debate_id = ?").param(debate).update();
    jdbc.sql(
            "UPDATE debate_answer SET state = 'late' WHERE debate_id = ? AND state = 'asked'"
                + " AND (EXISTS (SELECT 1 FROM debate d WHERE d.id = debate_id"
                + " AND d.ends_at <= CURRENT_TIMESTAMP)"
                + " OR NOT EXISTS (SELECT 1 FROM task t WHERE t.id = task_id))")
        .param(debate)
        .update();
  }

  /** Whether a debate waits for nobody in its round, as far as it has asked. */
  public boolean isDecided(String debate) {
    return jdbc.sql(
                "SELECT COUNT(*) FROM debate d JOIN debate_answer a ON a.debate_id = d.id"
                    + " AND a.round = d.round JOIN task t ON t.id = a.task_id WHERE d.id = ?"
                    + " AND a.state = 'asked' AND t.state IN ('queued', 'running')")
            .param(debate)
            .query(Long.class)
            .single()
        == 0;
  }

  /**
   * The tasks of the questions that nobody wants to be answered: those of a debate that is over.
   */
  public List<String> questions(String debate) {
    return jdbc.sql(
            "SELECT a.task_id FROM debate_answer a JOIN task t ON t.id = a.task_id"
                + " JOIN task d ON d.id = a.debate_id WHERE a.debate_id = ?"
                + " AND d.state NOT IN ('queued', 'running')"
                + " AND t.state IN ('queued', 'running') ORDER BY a.task_id")
        .param(debate)
        .query(String.class)
        .list();
  }

  /**
   * All answers of a debate, in the order of rounds and participants.
   *
   * @param participants by their numbers
   */
  List<Answer> all(String debate, List<Participant> participants) {
    return jdbc.sql(
            "SELECT round, participant, task_id, state, result, error FROM debate_answer"
                + " WHERE debate_id = ? ORDER BY round, participant")
        .param(debate)
        .query(
            (row, index) ->
                Answer.of(
                    row.getInt("round"),
                    participants.get(row.getInt("participant")),
                    row.getString("task_id"),
                    row.getString("state"),
                    json(row.getString("result")),
                    json(row.getString("error"))))
        .list();
  }

  private static JsonNode json(@Nullable String text) {
    try {
      return text == null ? JSON.missingNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds only JSON", e);
    }
  }
}
