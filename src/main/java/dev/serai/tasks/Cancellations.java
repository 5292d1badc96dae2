package dev.serai.tasks;

import static dev.serai.tasks.Leases.RESTING;

import dev.serai.http.ProblemException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Cancels tasks, wherever they are. Bean {@code taskCancellations}; thread-safe. */
@Component("taskCancellations")
public class Cancellations {
  private static final int TRIES = 10;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final RunningTasks running;

  Cancellations(JdbcClient jdbc, TransactionTemplate transactions, RunningTasks running) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.running = running;
  }

  /**
   * Ends a task that waits or rests, or asks the worker that has it to stop.
   *
   * @return {@code cancelled} when it will never start (again), {@code asked} when its worker has
   *     to stop first
   * @throws ProblemException 404 if there is no such task, 409 if it is over
   */
  public String cancel(String id) throws ProblemException {
    for (int i = 0; i < TRIES; i++) {
      if (update(
          "state = 'cancelled', waits_in = NULL, ended_at = CURRENT_TIMESTAMP",
          id,
          "(state = 'queued' OR " + RESTING + ")")) {
        return "cancelled";
      }
      if (update("cancel_asked = TRUE", id, "state = 'running'")) {
        running.cancel(id);
        return "asked";
      }
      String state = state(id);
      if (Task.isOver(state)) {
        throw new ProblemException(
            409, "task-over", "The task is already %s.".formatted(state), List.of());
      }
    }
    throw new IllegalStateException("task " + id + " changes between queued and running");
  }

  /** In a transaction, so that it is on the disk when the caller is told. */
  private boolean update(String change, String id, String condition) {
    Integer changed =
        transactions.execute(
            status ->
                jdbc.sql("UPDATE task SET " + change + " WHERE id = ? AND " + condition)
                    .param(id)
                    .update());
    return changed != null && changed == 1;
  }

  private String state(String id) throws ProblemException {
    return jdbc.sql("SELECT state FROM task WHERE id = ?")
        .param(id)
        .query(String.class)
        .optional()
        .orElseThrow(() -> TaskAnswers.unknown(id));
  }
}
