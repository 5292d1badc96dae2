package dev.serai.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.serai.http.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What became of deliveries, for people. Bean {@code webhookAttempts}; thread-safe. */
@Component("webhookAttempts")
public class Attempts {
  /** Behind all ids. */
  static final String LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

  private final JdbcClient jdbc;
  private final Webhooks webhooks;

  Attempts(JdbcClient jdbc, Webhooks webhooks) {
    this.jdbc = jdbc;
    this.webhooks = webhooks;
  }

  /**
   * One attempt.
   *
   * @param messageId what was sent as {@code webhook-id}
   * @param status of the answer; null: there was none
   * @param answer the beginning of its body
   * @param state of the delivery now
   * @param next when it is tried again; null: not, or just now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Attempt(
      String id,
      @JsonProperty("message_id") String messageId,
      @Nullable String type,
      String time,
      @JsonProperty("took_ms") int tookMillis,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String answer,
      @Nullable String state,
      @Nullable String next) {}

  /** A page of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<Attempt> items, @Nullable String next) {}

  /**
   * Attempts to deliver to an endpoint, newest first.
   *
   * @param after id of the attempt behind which they begin; null: at the newest
   * @throws ProblemException 404 if there is no such endpoint
   */
  public Page list(String id, @Nullable String after, int limit) throws ProblemException {
    webhooks.find(id);
    List<Attempt> found =
        jdbc.sql(
                "SELECT a.id, a.message_id, m.type, a.started_at, a.took_ms, a.status, a.error,"
                    + " a.answer, d.state, CASE WHEN d.held THEN NULL ELSE d.due_at END AS next_at"
                    + " FROM webhook_attempt a LEFT JOIN webhook_delivery d"
                    + " ON d.message_id = a.message_id AND d.endpoint_id = a.endpoint_id"
                    + " LEFT JOIN webhook_message m ON m.id = a.message_id"
                    + " WHERE a.endpoint_id = ? AND a.id < ? ORDER BY a.endpoint_id DESC, a.id DESC LIMIT ?")
            .param(id)
            .param(after == null ? LAST : after)
            .param(limit + 1)
            .query((row, index) -> read(row))
            .list();
    return found.size() <= limit
        ? new Page(found, null)
        : new Page(found.subList(0, limit), found.get(limit - 1).id());
  }

  private static Attempt read(ResultSet row) throws SQLException {
    return new Attempt(
        row.getString("id"),
        row.getString("message_id"),
        row.getString("type"),
        String.valueOf(time(row, "started_at")),
        row.getInt("took_ms"),
        row.getObject("status", Integer.class),
        row.getString("error"),
        row.getString("answer"),
        row.getString("state"),
        time(row, "next_at"));
  }

  private static @Nullable String time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant().toString();
  }

  /**
   * Makes the delivery of an attempt once more, with its whole schedule. One that is under way just
   * now is not made twice.
   *
   * @return the id of the message
   * @throws ProblemException 404 if there is no such attempt, 410 if its message is not kept any
   *     more
   */
  public Map<String, String> resend(String id, String attempt) throws ProblemException {
    webhooks.find(id);
    String message =
        jdbc.sql("SELECT message_id FROM webhook_attempt WHERE endpoint_id = ? AND id = ?")
            .param(id)
            .param(attempt)
            .query(String.class)
            .optional()
            .orElseThrow(() -> unknown(attempt));
    boolean known =
        jdbc.sql("SELECT COUNT(*) FROM webhook_message WHERE id = ?")
                .param(message)
                .query(Integer.class)
                .single()
            > 0;
    if (!known) {
      throw new ProblemException(
          410, "message-forgotten", "The message is not kept any more.", List.of());
    }
    jdbc.sql(
            "UPDATE webhook_delivery SET state = 'pending', tries = 0, due_at = CURRENT_TIMESTAMP"
                + " WHERE endpoint_id = ? AND message_id = ? AND NOT held")
        .param(id)
        .param(message)
        .update();
    return Map.of("message_id", message, "state", "pending");
  }

  static ProblemException unknown(String attempt) {
    return new ProblemException(
        404,
        "unknown-attempt",
        "There is no attempt \"%s\" of this webhook.".formatted(attempt),
        List.of());
  }
}
