package dev.serai.tasks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tasks that wait in the store, in a line of some name, for what they need. No thread and no lease
 * holds them, so that they survive every process; to callers they are {@code queued}. Thread-safe.
 */
@Component
public class LinedTasks {
  /** Longer names are cut, so that such lines are one. */
  private static final int LONGEST_NAME = 2000;

  private static final String SELECT =
      "SELECT id, line, priority, lined_at, lined_tokens FROM task";

  private final JdbcClient jdbc;
  private final Outcomes outcomes;
  private final RunningTasks running;

  LinedTasks(JdbcClient jdbc, Outcomes outcomes, RunningTasks running) {
    this.jdbc = jdbc;
    this.outcomes = outcomes;
    this.running = running;
  }

  /**
   * Whether a task that has not waited in a line yet must do so: another one waits there that is at
   * least as urgent.
   */
  public boolean isOther(Claim claim, String line) {
    return !claim.lined()
        && jdbc.sql(
                "SELECT id FROM task WHERE waits_in = 'line' AND line = ? AND priority >= ? LIMIT 1")
            .param(cut(line))
            .param(claim.priority())
            .query(String.class)
            .optional()
            .isPresent();
  }

  /**
   * Lets a task wait, behind those that are as urgent; where it was, if it has waited before.
   *
   * @param tokens that it is expected to need
   * @throws TaskStoppedException if it has to stop, or is not this worker's any more
   */
  public void join(Claim claim, String line, long tokens) {
    if (!outcomes.line(claim, cut(line), tokens)) {
      throw new TaskStoppedException();
    }
    running.leave(claim);
  }

  /** The lines in which somebody waits; each is looked up, however many wait there. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    Optional<String> next = after("");
    while (next.isPresent()) {
      lines.add(next.get());
      next = after(next.get());
    }
    return lines;
  }

  private Optional<String> after(String line) {
    return jdbc.sql(
            "SELECT line FROM task WHERE waits_in = 'line' AND line > ?"
                + " ORDER BY waits_in, line LIMIT 1")
        .param(line)
        .query(String.class)
        .optional();
  }

  /**
   * Those of a line that were called, and no worker has begun them yet; without those whose
   * messages may be lost, so that nobody waits for these.
   */
  public List<Lined> called(String line) {
    return jdbc.sql(
            SELECT
                + " WHERE waits_in = 'queue' AND line = ?"
                + " AND published_at > CURRENT_TIMESTAMP - INTERVAL '5' MINUTE")
        .param(line)
        .query(LinedTasks::lined)
        .list();
  }

  /** Those who are next in a line, in {@link Lined#TURNS their turns}. */
  public List<Lined> first(String line, int most) {
    return jdbc.sql(
            SELECT
                + " WHERE waits_in = 'line' AND line = ?"
                + " ORDER BY waits_in, line, priority DESC, lined_at, id LIMIT ?")
        .param(line)
        .param(most)
        .query(LinedTasks::lined)
        .list();
  }

  private static Lined lined(ResultSet row, int index) throws SQLException {
    return new Lined(
        row.getString("id"),
        row.getString("line"),
        row.getInt("priority"),
        row.getObject("lined_at", OffsetDateTime.class).toInstant(),
        row.getLong("lined_tokens"));
  }

  /**
   * Takes a task out of its line. Its message is one more urgent than it is: who came later, and
   * may need nothing of what it has waited for, is not before it again. What is not published then
   * is an orphan, which {@link Sweep} takes care of.
   *
   * @return whether no other process has done so
   */
  public boolean call(String id) {
    return jdbc.sql(
                "UPDATE task SET waits_in = 'queue', confirmed = FALSE, published_at ="
                    + " CURRENT_TIMESTAMP, sent_priority = GREATEST(COALESCE(sent_priority, 0),"
                    + " LEAST(10, priority + 1)) WHERE id = ? AND waits_in = 'line'")
            .param(id)
            .update()
        == 1;
  }

  private static String cut(String line) {
    return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) : line;
  }
}
