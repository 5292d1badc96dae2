package dev.serai.tasks;

import static dev.serai.tasks.Leases.RESTING;

import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How the tasks that workers hold go on and end, in the store. Each change holds for the token of
 * the claim alone: a worker that has lost its task changes nothing, and is told {@code false}.
 * Thread-safe.
 */
@Component("taskOutcomes")
class Outcomes {
  static final String EXPIRED = TaskJson.error("deadline", "The deadline has passed.");
  static final String WORKERS_LOST =
      TaskJson.error("workers-lost", "Each worker that began it was not heard of any more.");
  static final String NOT_WAITING =
      TaskJson.error(
          "attempts-used-up",
          "It has failed as often as helixagent.tasks.retry.attempts and most-starts allow together."
              + " As a rule its message had no waits, because the wait queue is full.");
  private static final String HELD = " WHERE id = ? AND token = ? AND state = 'running'";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  Outcomes(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  boolean progress(Claim claim, String json) {
    return jdbc.sql("UPDATE task SET progress = ?" + HELD)
            .param(json)
            .param(claim.id())
            .param(claim.token())
            .update()
        == 1;
  }

  boolean succeed(Claim claim, String json) {
    return ended(
        claim,
        "succeeded",
        null,
        () ->
            jdbc.sql(
                    "UPDATE task SET state = 'succeeded', result = ?, lease_until = NULL,"
                        + " ended_at = CURRENT_TIMESTAMP"
                        + HELD)
                .param(json)
                .param(claim.id())
                .param(claim.token())
                .update());
  }

  /**
   * Ends a task that failed, unless somebody has cancelled it.
   *
   * @param error as tasks show it
   * @param detail as the attempt shows it
   */
  boolean fail(Claim claim, String error, String detail) {
    return ended(
        claim,
        "failed",
        detail,
        () -> over("failed", error, HELD + " AND NOT cancel_asked", claim));
  }

  /** Ends a task that somebody has cancelled. */
  boolean cancel(Claim claim) {
    return ended(
        claim, "cancelled", null, () -> over("cancelled", null, HELD + " AND cancel_asked", claim));
  }

  /** Ends a task whose deadline has passed. */
  boolean expire(Claim claim) {
    return ended(
        claim,
        "expired",
        null,
        () -> over("expired", EXPIRED, HELD + " AND deadline <= CURRENT_TIMESTAMP", claim));
  }

  /**
   * Lets a task wait for its next attempt.
   *
   * @param detail what this one failed with
   */
  boolean requeue(Claim claim, String detail) {
    return ended(
        claim,
        "failed",
        detail,
        () ->
            jdbc.sql(
                    "UPDATE task SET state = 'queued', worker = NULL, lease_until = NULL,"
                        + " waits_in = 'queue', line = NULL, lined_at = NULL,"
                        + " published_at = CURRENT_TIMESTAMP"
                        + HELD
                        + " AND NOT cancel_asked")
                .param(claim.id())
                .param(claim.token())
                .update());
  }

  /** Lets a task wait in a line, without a worker. */
  boolean line(Claim claim, String line, long tokens) {
    return ended(
        claim,
        "waited",
        null,
        () ->
            jdbc.sql(
                    "UPDATE task SET state = 'queued', worker = NULL, lease_until = NULL,"
                        + " waits_in = 'line', line = ?, lined_tokens = ?,"
                        + " lined_at = COALESCE(lined_at, CURRENT_TIMESTAMP)"
                        + HELD
                        + " AND NOT cancel_asked")
                .param(line)
                .param(tokens)
                .param(claim.id())
                .param(claim.token())
                .update());
  }

  /** Lets a task go on without a worker until one is sent to it. */
  boolean rest(Claim claim) {
    return ended(
        claim,
        "rested",
        null,
        () ->
            jdbc.sql(
                    "UPDATE task SET worker = NULL, lease_until = NULL"
                        + HELD
                        + " AND NOT cancel_asked")
                .param(claim.id())
                .param(claim.token())
                .update());
  }

  /** Notes how far a task is that rests; one after the other, so that the latest look stays. */
  boolean progress(String id, Supplier<String> json) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status ->
                jdbc.sql("SELECT id FROM task WHERE id = ? AND " + RESTING + " FOR UPDATE")
                        .param(id)
                        .query(String.class)
                        .optional()
                        .isPresent()
                    && jdbc.sql("UPDATE task SET progress = ? WHERE id = ?")
                            .param(json.get())
                            .param(id)
                            .update()
                        == 1));
  }

  private boolean ended(Claim claim, String outcome, @Nullable String detail, IntSupplier change) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              if (change.getAsInt() != 1) {
                return false;
              }
              jdbc.sql(
                      "UPDATE task_attempt SET outcome = ?, error = ?, ended_at = CURRENT_TIMESTAMP"
                          + " WHERE task_id = ? AND number = ?")
                  .param(outcome)
                  .param(detail)
                  .param(claim.id())
                  .param(claim.token())
                  .update();
              return true;
            }));
  }

  private int over(String state, @Nullable String error, String where, Claim claim) {
    return over(state, error, where, claim.id(), claim.token());
  }

  /** Ends a task without a result, if the condition holds. */
  int over(String state, @Nullable String error, String where, Object... parameters) {
    JdbcClient.StatementSpec change =
        jdbc.sql(
                "UPDATE task SET state = ?, error = ?, lease_until = NULL,"
                    + " waits_in = NULL, ended_at = CURRENT_TIMESTAMP"
                    + where)
            .param(state)
            .param(error);
    for (Object parameter : parameters) {
      change = change.param(parameter);
    }
    return change.update();
  }
}
