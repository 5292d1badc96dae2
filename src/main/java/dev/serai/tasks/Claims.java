package dev.serai.tasks;

import static dev.serai.tasks.Leases.MILLIS;
import static dev.serai.tasks.Leases.RESTING;
import static dev.serai.tasks.Leases.STARTS;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who holds which task, in the store. Every change names the state and the token that it starts
 * from, so that what another process has done in between makes it change nothing. Thread-safe.
 */
@Component
class Claims {
  private static final String UNHELD =
      " WHERE id = ? AND state = 'running' AND lease_until < CURRENT_TIMESTAMP";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Leases leases;
  private final Outcomes outcomes;

  Claims(JdbcClient jdbc, TransactionTemplate transactions, Leases leases, Outcomes outcomes) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.leases = leases;
    this.outcomes = outcomes;
  }

  /**
   * Takes a task that waits or rests, or whose worker was not heard of for a lease although the
   * store has answered all the time.
   *
   * @param replays how often a person has sent its parked message back; a failed task begins again
   *     once for each
   * @return empty when it is over, unknown or another worker's
   */
  Optional<Claim> claim(String id, String worker, int replays) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              boolean dead = leases.areTelling();
              if (take(id, worker, replays, dead) == 1) {
                return Optional.of(noted(id, worker));
              }
              end(id, dead);
              return Optional.empty();
            }));
  }

  private int take(String id, String worker, int replays, boolean dead) {
    return jdbc.sql(
            "UPDATE task SET state = 'running', token = token + 1, worker = ?, confirmed = TRUE,"
                + " waits_in = NULL, announced = FALSE, error = NULL, ended_at = NULL,"
                + " replays = GREATEST(replays, ?),"
                + " started_at = COALESCE(started_at, CURRENT_TIMESTAMP),"
                + " lease_until = CURRENT_TIMESTAMP + "
                + MILLIS
                + " WHERE id = ? AND (deadline IS NULL OR deadline > CURRENT_TIMESTAMP)"
                + " AND ((state = 'queued' AND "
                + STARTS
                + " < CAST(? AS INTEGER) * (1 + replays)) OR "
                + RESTING
                + " OR (state = 'running' AND CAST(? AS BOOLEAN) AND "
                + STARTS
                + " < CAST(? AS INTEGER) * (1 + replays)"
                + " AND lease_until < CURRENT_TIMESTAMP AND NOT cancel_asked)"
                + " OR (state = 'failed' AND announced AND replays < ?))")
        .param(worker)
        .param(replays)
        .param(leases.length().toMillis())
        .param(id)
        .param(leases.mostTries())
        .param(dead)
        .param(leases.mostStarts())
        .param(replays)
        .update();
  }

  private Claim noted(String id, String worker) {
    loseAttempts(id);
    Claim claim =
        jdbc.sql(
                "SELECT id, type, token, priority, tenant, deadline, request, virtual_key,"
                    + " line IS NOT NULL AS lined FROM task WHERE id = ?")
            .param(id)
            .query(Claims::claim)
            .single();
    jdbc.sql(
            "INSERT INTO task_attempt (task_id, number, worker, outcome, started_at)"
                + " VALUES (?, ?, ?, 'running', CURRENT_TIMESTAMP)")
        .param(id)
        .param(claim.token())
        .param(worker)
        .update();
    return claim;
  }

  /** Ends what cannot be taken because its time is over, or it was cancelled without a worker. */
  private void end(String id, boolean dead) {
    int ended =
        outcomes.over("cancelled", null, UNHELD + " AND cancel_asked", id)
            + outcomes.over(
                "expired",
                Outcomes.EXPIRED,
                " WHERE id = ? AND deadline <= CURRENT_TIMESTAMP AND (state = 'queued' OR "
                    + RESTING
                    + " OR (state = 'running' AND lease_until < CURRENT_TIMESTAMP))",
                id)
            + outcomes.over(
                "failed",
                Outcomes.WORKERS_LOST,
                UNHELD
                    + " AND CAST(? AS BOOLEAN) AND "
                    + STARTS
                    + " >= CAST(? AS INTEGER) * (1 + replays)",
                id,
                dead,
                leases.mostStarts())
            + outcomes.over(
                "failed",
                Outcomes.NOT_WAITING,
                " WHERE id = ? AND state = 'queued' AND "
                    + STARTS
                    + " >= CAST(? AS INTEGER) * (1 + replays)",
                id,
                leases.mostTries());
    if (ended > 0) {
      loseAttempts(id);
    }
  }

  private void loseAttempts(String id) {
    jdbc.sql(
            "UPDATE task_attempt SET outcome = 'lost', ended_at = CURRENT_TIMESTAMP"
                + " WHERE task_id = ? AND ended_at IS NULL")
        .param(id)
        .update();
  }

  /** What the task failed with, if it has. */
  Optional<String> failure(String id) {
    return jdbc.sql("SELECT error FROM task WHERE id = ? AND state = 'failed'")
        .param(id)
        .query(String.class)
        .optional();
  }

  /**
   * Whether a failure is the last one. Messages count those, but not the message with which a task
   * is called from a line: that is a new one.
   */
  boolean isSpent(Claim claim) {
    return jdbc.sql(
                "SELECT COUNT(*) FROM task WHERE id = ? AND EXISTS (SELECT 1 FROM task_attempt"
                    + " WHERE task_id = task.id AND outcome = 'waited')"
                    + " AND (SELECT COUNT(*) FROM task_attempt WHERE task_id = task.id"
                    + " AND outcome = 'failed') >= CAST(? AS INTEGER) * (1 + replays) + replays")
            .param(claim.id())
            .param(leases.mostRetries())
            .query(Integer.class)
            .single()
        == 1;
  }

  boolean isKnown(String id) {
    return jdbc.sql("SELECT id FROM task WHERE id = ?")
        .param(id)
        .query(String.class)
        .optional()
        .isPresent();
  }

  private static Claim claim(ResultSet row, int index) throws SQLException {
    OffsetDateTime deadline = row.getObject("deadline", OffsetDateTime.class);
    return new Claim(
        row.getString("id"),
        row.getString("type"),
        row.getLong("token"),
        row.getInt("priority"),
        row.getString("tenant"),
        deadline == null ? null : deadline.toInstant(),
        Objects.requireNonNull(TaskJson.read(row.getString("request"))),
        row.getString("virtual_key"),
        row.getBoolean("lined"));
  }
}
