package dev.serai.tasks;

import static dev.serai.tasks.Leases.MILLIS;
import static dev.serai.tasks.Leases.RESTING;

import dev.serai.files.TimeText;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the tasks that nobody takes care of: their submitter, worker or announcer has died. Bean
 * {@code taskSweep}; thread-safe.
 */
@Component("taskSweep")
public class Sweep {
  /** Submitted without a word of the broker, or begun by a worker that was not heard of. */
  private static final String ORPHANED =
      "((state = 'queued' AND NOT confirmed AND waits_in = 'queue')"
          + " OR (state = 'running' AND lease_until < CURRENT_TIMESTAMP)) AND published_at < CURRENT_TIMESTAMP - "
          + MILLIS;

  /** Of a type; the broker has said that it has the message. */
  private static final String UNHEARD =
      "state = 'queued' AND waits_in = 'queue' AND confirmed AND published_at < CURRENT_TIMESTAMP"
          + " - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND"; // the wait may be a year

  /** Read with the index of V10, as often as anybody looks. */
  static final String UNTOLD =
      "SELECT id FROM task WHERE NOT announced AND state NOT IN ('queued', 'running')"
          + " AND ended_at < CURRENT_TIMESTAMP - "
          + MILLIS
          + " ORDER BY ended_at LIMIT ?";

  private final JdbcClient jdbc;

  Sweep(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Tasks whose message has to be published again; they are not found again for a while.
   *
   * @param quiet time since the latest try to publish it, such as {@code 60s}
   * @param limit most of them
   */
  public List<String> orphans(String quiet, int limit) {
    long pause = time(quiet).toMillis();
    List<String> found =
        jdbc.sql("SELECT id FROM task WHERE " + ORPHANED + " ORDER BY id LIMIT ?")
            .param(pause)
            .param(limit)
            .query(String.class)
            .list();
    return found.stream().filter(id -> isMine(id, ORPHANED, pause)).toList();
  }

  /**
   * Types with tasks that wait for a worker for so long that their messages may be lost.
   *
   * @param quiet time since the latest try to publish it, such as {@code 60s}
   * @param retryWait time for which the message of a failed task is elsewhere
   */
  public List<String> unheardTypes(String quiet, String retryWait) {
    return jdbc.sql("SELECT DISTINCT type FROM task WHERE " + UNHEARD)
        .param(time(quiet).plus(time(retryWait)).toMillis())
        .query(String.class)
        .list();
  }

  /**
   * Tasks of a type that wait for a worker for so long, to be published again; they are not found
   * again for a while. A worker that finds two messages of a task works on it once.
   *
   * @param limit most of them
   */
  public List<String> unheard(String type, String quiet, String retryWait, int limit) {
    long pause = time(quiet).plus(time(retryWait)).toMillis();
    return jdbc
        .sql("SELECT id FROM task WHERE type = ? AND " + UNHEARD + " ORDER BY id LIMIT ?")
        .param(type)
        .param(pause)
        .param(limit)
        .query(String.class)
        .list()
        .stream()
        .filter(id -> isMine(id, UNHEARD, pause))
        .toList();
  }

  /** Another process that sweeps at the same time does not publish it too. */
  private boolean isMine(String id, String condition, long pause) {
    return jdbc.sql(
                "UPDATE task SET published_at = CURRENT_TIMESTAMP WHERE id = ? AND " + condition)
            .param(id)
            .param(pause)
            .update()
        == 1;
  }

  /** Ends the tasks that wait or rest although their deadline has passed; returns how many. */
  public int expire() {
    return jdbc.sql(
            "UPDATE task SET state = 'expired', error = ?, waits_in = NULL,"
                + " ended_at = CURRENT_TIMESTAMP"
                + " WHERE (state = 'queued' OR "
                + RESTING
                + ") AND deadline <= CURRENT_TIMESTAMP")
        .param(Outcomes.EXPIRED)
        .update();
  }

  /**
   * Tasks whose end nobody was told of.
   *
   * @param quiet time since the end, so that whoever ended it can tell, such as {@code 10s}
   * @param limit most of them
   * @return oldest first
   */
  public List<String> untold(String quiet, int limit) {
    return jdbc.sql(UNTOLD).param(time(quiet).toMillis()).param(limit).query(String.class).list();
  }

  /** Notes that the event of a task's end is published. */
  public void told(String id) {
    jdbc.sql("UPDATE task SET announced = TRUE WHERE id = ? AND state NOT IN ('queued', 'running')")
        .param(id)
        .update();
  }

  /**
   * Deletes tasks that ended long ago, with their attempts.
   *
   * @param age since their end, such as {@code 7d}
   * @param limit most of them, so that no transaction is large
   * @return whether more may be left
   */
  public boolean forget(String age, int limit) {
    return jdbc.sql(
                "DELETE FROM task WHERE id IN (SELECT id FROM task WHERE announced"
                    + " AND ended_at < CURRENT_TIMESTAMP - CAST(? AS INTEGER) * INTERVAL '1' SECOND"
                    + " ORDER BY ended_at LIMIT ?)")
            .param(time(age).toSeconds())
            .param(limit)
            .update()
        >= limit;
  }

  private static Duration time(String text) {
    return TimeText.read(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "bad-value: \"%s\" is no time; write one such as 60s".formatted(text)));
  }
}
