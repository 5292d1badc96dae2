package dev.serai.debate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.files.TimeText;
import dev.serai.tasks.Claim;
import dev.serai.tasks.RestingTasks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How far debates are, in the store; what is next is said in routes. Bean {@code debates};
 * thread-safe.
 *
 * <p>Only the worker that holds the debate's task asks and goes on to the next round; answers may
 * be counted by anybody, each once.
 */
@Component("debates")
public class Debates {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final DebateAnswers answers;
  private final RestingTasks resting;

  Debates(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      DebateAnswers answers,
      RestingTasks resting) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.answers = answers;
    this.resting = resting;
  }

  /**
   * Looks how far a debate is, from its beginning. Whoever has not answered when the time of the
   * round is over is late from now on.
   *
   * @param minimum answers that a round needs when the request does not say that
   */
  public Debate open(Claim task, int minimum) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              jdbc.sql("INSERT INTO debate (id, round) VALUES (?, 0) ON CONFLICT DO NOTHING")
                  .param(task.id())
                  .update();
              answers.gatherAll(task.id());
              return read(task, minimum);
            }));
  }

  private Debate read(Claim task, int minimum) {
    JsonNode request = task.request();
    int most = request.path("participants").size();
    List<Answer> all = answers.all(task.id(), Participant.all(request));
    return jdbc.sql("SELECT round, ends_at FROM debate WHERE id = ?")
        .param(task.id())
        .query(
            (row, index) ->
                new Debate(
                    task.id(),
                    request,
                    request.path("rounds").asInt(),
                    row.getInt("round"),
                    Math.min(most, request.path("minimum_answers").asInt(minimum)),
                    time(row, "ends_at"),
                    all))
        .single();
  }

  /**
   * Goes on to the next round; once, however often it is called.
   *
   * @throws IllegalStateException if the task is another worker's, or over
   * @param timeout of a round when the request does not say that, such as {@code 10m}
   */
  public Debate advance(Claim task, Debate debate, String timeout) {
    String said = debate.request().path("round_timeout").asText(timeout);
    int advanced =
        jdbc.sql(
                "UPDATE debate SET round = round + 1, woken_at = NULL, ends_at = CURRENT_TIMESTAMP"
                    + " + CAST(? AS INTEGER) * INTERVAL '0.001' SECOND WHERE id = ? AND round = ?"
                    + " AND EXISTS (SELECT 1 FROM task t WHERE"
                    + DebateAnswers.HELD
                    + ")")
            .param(time(said).toMillis())
            .param(debate.id())
            .param(debate.round())
            .param(task.id())
            .param(task.token())
            .update();
    if (advanced == 0) {
      answers.refuseUnlessHeld(task);
    }
    return read(task, debate.minimum());
  }

  /** Notes how far a debate is, if it rests. */
  public void note(String id) {
    resting.note(id, () -> answers.progress(id));
  }

  /**
   * Debates that rest although they could go on: the time of their round is over, or the last
   * question has ended and nobody was told. They are not found again for a while.
   *
   * @param quiet that while, such as {@code 30s}
   * @param limit most of them
   */
  public List<String> due(String quiet, int limit) {
    long pause = time(quiet).toMillis();
    List<String> found =
        jdbc.sql(
                "SELECT d.id FROM debate d JOIN task t ON t.id = d.id WHERE t.state = 'running'"
                    + " AND t.type = 'debate' AND t.lease_until IS NULL AND (d.ends_at <="
                    + " CURRENT_TIMESTAMP OR NOT EXISTS (SELECT 1 FROM debate_answer a JOIN task q"
                    + " ON q.id = a.task_id WHERE a.debate_id = d.id AND a.round = d.round"
                    + " AND a.state = 'asked' AND q.state IN ('queued', 'running')))"
                    + " ORDER BY d.id LIMIT ?")
            .param(limit)
            .query(String.class)
            .list();
    return found.stream().filter(id -> isMine(id, pause)).toList();
  }

  /** Another process that looks at the same time does not wake it too. */
  private boolean isMine(String id, long pause) {
    return jdbc.sql(
                "UPDATE debate SET woken_at = CURRENT_TIMESTAMP WHERE id = ? AND (woken_at IS NULL"
                    + " OR woken_at < CURRENT_TIMESTAMP"
                    + " - CAST(? AS INTEGER) * INTERVAL '0.001' SECOND)")
            .param(id)
            .param(pause)
            .update()
        == 1;
  }

  private static Duration time(String text) {
    return TimeText.read(text)
        .orElseThrow(
            () -> new IllegalArgumentException("bad-value: \"%s\" is no time".formatted(text)));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
