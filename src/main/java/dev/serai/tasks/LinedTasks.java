package dev.serai.tasks;

import java.util.List;
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
   * @throws TaskStoppedException if it has to stop, or is not this worker's any more
   */
  public void join(Claim claim, String line) {
    if (!outcomes.line(claim, cut(line))) {
      throw new TaskStoppedException();
    }
    running.leave(claim);
  }

  /** The lines in which somebody waits. */
  public List<String> lines() {
    return jdbc.sql("SELECT DISTINCT line FROM task WHERE waits_in = 'line'")
        .query(String.class)
        .list();
  }

  /**
   * How many of a line were called, and no worker has begun them yet; without those whose messages
   * may be lost, so that nobody waits for these.
   */
  public int called(String line) {
    return jdbc.sql(
            "SELECT COUNT(*) FROM task WHERE waits_in = 'queue' AND line = ?"
                + " AND published_at > CURRENT_TIMESTAMP - INTERVAL '5' MINUTE")
        .param(line)
        .query(Integer.class)
        .single();
  }

  /**
   * Takes tasks out of a line, by no other process at the same time. Their messages are one more
   * urgent than they are: who came later, and may need nothing of what they have waited for, is not
   * before them again. What is not published then is an orphan, which {@link Sweep} takes care of.
   *
   * @return their ids, the most urgent first, of these who has waited longest
   */
  public List<String> call(String line, int most) {
    return jdbc
        .sql(
            "SELECT id FROM task WHERE waits_in = 'line' AND line = ?"
                + " ORDER BY priority DESC, lined_at, id LIMIT ?")
        .param(line)
        .param(most)
        .query(String.class)
        .list()
        .stream()
        .filter(this::isMine)
        .toList();
  }

  private boolean isMine(String id) {
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
