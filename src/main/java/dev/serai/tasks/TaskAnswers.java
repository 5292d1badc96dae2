package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.http.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is answered about tasks. Bean {@code taskAnswers}; thread-safe. */
@Component("taskAnswers")
public class TaskAnswers {
  private static final String COLUMNS =
      "SELECT id, type, state, priority, tenant, progress, result, error, created_at, started_at,"
          + " ended_at, deadline, callback_url FROM task";

  private final JdbcClient jdbc;

  TaskAnswers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One task.
   *
   * @throws ProblemException 404 if there is none
   */
  public Task find(String id) throws ProblemException {
    return read(jdbc.sql(COLUMNS + " WHERE id = ?").param(id)).stream()
        .findFirst()
        .orElseThrow(() -> unknown(id));
  }

  /** A page of tasks. */
  public TaskPage list(TaskQuery query) {
    StringBuilder where = new StringBuilder(" WHERE TRUE");
    List<Object> values = new ArrayList<>();
    restrict(where, values, "state = ?", query.state());
    restrict(where, values, "type = ?", query.type());
    restrict(where, values, "id < ?", query.after());
    values.add(query.limit() + 1);
    JdbcClient.StatementSpec select = jdbc.sql(COLUMNS + where + " ORDER BY id DESC LIMIT ?");
    for (Object value : values) {
      select = select.param(value);
    }
    List<Task> found = read(select);
    if (found.size() <= query.limit()) {
      return new TaskPage(found, null);
    }
    List<Task> page = found.subList(0, query.limit());
    return new TaskPage(page, page.get(page.size() - 1).id());
  }

  private static void restrict(
      StringBuilder where, List<Object> values, String condition, @Nullable String value) {
    if (value != null) {
      where.append(" AND ").append(condition);
      values.add(value);
    }
  }

  /**
   * What a task has led to.
   *
   * @throws ProblemException 404 if there is no such task, 409 if it has no result, or none yet
   */
  public JsonNode result(String id) throws ProblemException {
    Task task = find(id);
    if (!task.state().equals("succeeded") || task.result() == null) {
      throw new ProblemException(
          409, "no-result", "The task is %s; it has no result.".formatted(task.state()), List.of());
    }
    return task.result();
  }

  /**
   * The attempts to do a task, oldest first.
   *
   * @throws ProblemException 404 if there is no such task
   */
  public Map<String, List<Task.Attempt>> attempts(String id) throws ProblemException {
    return Map.of("items", find(id).attempts());
  }

  static ProblemException unknown(String id) {
    return new ProblemException(
        404, "unknown-task", "There is no task \"%s\".".formatted(id), List.of());
  }

  private List<Task> read(JdbcClient.StatementSpec select) {
    Map<String, List<Task.Attempt>> attempts = new HashMap<>();
    List<Task> tasks =
        select
            .query(
                (row, index) ->
                    task(
                        row,
                        attempts.computeIfAbsent(row.getString("id"), id -> new ArrayList<>())))
            .list();
    if (!attempts.isEmpty()) {
      readAttempts(attempts);
    }
    return tasks;
  }

  private void readAttempts(Map<String, List<Task.Attempt>> attempts) {
    Collection<String> ids = attempts.keySet();
    jdbc.sql(
            "SELECT task_id, number, worker, outcome, error, started_at, ended_at"
                + " FROM task_attempt WHERE task_id IN (:ids) ORDER BY task_id, number")
        .param("ids", ids)
        .query(
            row -> {
              List<Task.Attempt> of = attempts.get(row.getString("task_id"));
              if (of != null) {
                of.add(attempt(row));
              }
            });
  }

  private static Task task(ResultSet row, List<Task.Attempt> attempts) throws SQLException {
    return new Task(
        row.getString("id"),
        row.getString("type"),
        row.getString("state"),
        row.getInt("priority"),
        row.getString("tenant"),
        TaskJson.read(row.getString("progress")),
        TaskJson.read(row.getString("result")),
        TaskJson.read(row.getString("error")),
        attempts,
        String.valueOf(time(row, "created_at")),
        time(row, "started_at"),
        time(row, "ended_at"),
        time(row, "deadline"),
        row.getString("callback_url"));
  }

  private static Task.Attempt attempt(ResultSet row) throws SQLException {
    return new Task.Attempt(
        row.getLong("number"),
        row.getString("worker"),
        row.getString("outcome"),
        row.getString("error"),
        String.valueOf(time(row, "started_at")),
        time(row, "ended_at"));
  }

  private static @Nullable String time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant().toString();
  }
}
