package dev.serai.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.llm.ChunkSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the pieces of streamed answers in the state store, so that any process can tell them. A
 * piece waits for a store that is away, and those behind it wait with it: none is left out.
 */
class TaskPieces implements ChunkSink {
  private static final Logger LOG = LoggerFactory.getLogger(TaskPieces.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcClient jdbc;
  private final int retries;
  private final Duration pause;

  /**
   * Keeps nothing yet.
   *
   * @param retries tries after the first to keep a piece while the store does not answer
   * @param pause before each
   */
  TaskPieces(JdbcClient jdbc, int retries, Duration pause) {
    this.jdbc = jdbc;
    this.retries = retries;
    this.pause = pause;
  }

  /**
   * A piece as it was kept.
   *
   * @param choices JSON, as OpenAI sends them
   */
  record Piece(EventId id, boolean restarted, String choices) {}

  /**
   * Keeps a piece of the worker that has the task.
   *
   * @throws IllegalStateException if another worker has it: then the call must end
   */
  @Override
  public void take(Chunk chunk) {
    for (int tries = 0; !isKept(chunk, tries); tries++) {
      try {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("task " + chunk.task() + " has to stop", e);
      }
    }
  }

  /** Tries to keep a piece; returns false when the store does not answer and a try is left. */
  private boolean isKept(Chunk chunk, int tries) {
    try {
      keep(chunk);
      return true;
    } catch (DuplicateKeyException e) {
      if (tries == 0) {
        throw e;
      }
      return true; // only the store's answer to an earlier try was lost
    } catch (DataIntegrityViolationException e) {
      throw e;
    } catch (DataAccessException e) {
      if (tries == retries) {
        throw e;
      }
      if (tries == 0) {
        LOG.warn("piece-waits: task {}: {}", chunk.task(), e.getMessage());
      }
      return false;
    }
  }

  private void keep(Chunk chunk) {
    int kept =
        jdbc.sql(
                "INSERT INTO task_piece (task_id, attempt, call_number, sequence, restarted, choices)"
                    + " SELECT id, token, ?, ?, ?, ? FROM task"
                    + " WHERE id = ? AND token = ? AND state = 'running'")
            .param(chunk.call())
            .param(chunk.sequence())
            .param(chunk.restarted())
            .param(json(chunk))
            .param(chunk.task())
            .param(chunk.attempt())
            .update();
    if (kept == 0) {
      throw new IllegalStateException("task " + chunk.task() + " is another worker's, or over");
    }
  }

  private static String json(Chunk chunk) {
    try {
      return JSON.writeValueAsString(chunk.choices());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The pieces of a task after one, in their order. */
  List<Piece> after(String task, EventId last, int limit) {
    return jdbc.sql(
            "SELECT attempt, call_number, sequence, restarted, choices FROM task_piece"
                + " WHERE task_id = ? AND (attempt > ? OR (attempt = ? AND (call_number > ?"
                + " OR (call_number = ? AND sequence > ?))))"
                + " ORDER BY task_id, attempt, call_number, sequence LIMIT ?")
        .param(task)
        .param(last.attempt())
        .param(last.attempt())
        .param(last.call())
        .param(last.call())
        .param(last.sequence())
        .param(limit)
        .query(
            (row, number) ->
                new Piece(
                    new EventId(row.getLong(1), row.getInt(2), row.getInt(3)),
                    row.getBoolean(4),
                    row.getString(5)))
        .list();
  }
}
