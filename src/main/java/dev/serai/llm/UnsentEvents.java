package dev.serai.llm;

import dev.serai.broker.MessageIds;
import dev.serai.files.TimeText;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Events about calls to models that the broker could not be told. Bean {@code unsentEvents};
 * thread-safe.
 */
@Component("unsentEvents")
public class UnsentEvents {
  private static final String AGO =
      " < CURRENT_TIMESTAMP - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

  private final JdbcClient jdbc;

  UnsentEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An event that waits to be published.
   *
   * @param body JSON
   */
  public record Unsent(String id, String body) {}

  /**
   * Keeps an event that could not be published just now.
   *
   * @param kind {@code usage} or {@code spend}
   * @param body JSON
   */
  public void keep(String kind, String body) {
    jdbc.sql(
            "INSERT INTO llm_unsent_event (id, kind, body, kept_at, tried_at)"
                + " VALUES (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
        .param(MessageIds.next())
        .param(kind)
        .param(body)
        .update();
  }

  /**
   * Events to publish now. They are not found again for a while, by any process.
   *
   * @param quiet time since the latest try, such as {@code 30s}
   * @param limit most of them
   * @return oldest first
   */
  public List<Unsent> due(String kind, String quiet, int limit) {
    long pause = millis(quiet);
    return jdbc
        .sql(
            "SELECT id, body FROM llm_unsent_event WHERE kind = ? AND tried_at"
                + AGO
                + " ORDER BY id LIMIT ?")
        .param(kind)
        .param(pause)
        .param(limit)
        .query((row, index) -> new Unsent(row.getString("id"), row.getString("body")))
        .list()
        .stream()
        .filter(event -> isMine(event.id(), pause))
        .toList();
  }

  private boolean isMine(String id, long pause) {
    return jdbc.sql(
                "UPDATE llm_unsent_event SET tried_at = CURRENT_TIMESTAMP WHERE id = ? AND tried_at"
                    + AGO)
            .param(id)
            .param(pause)
            .update()
        == 1;
  }

  /** The broker has it. */
  public void sent(String id) {
    jdbc.sql("DELETE FROM llm_unsent_event WHERE id = ?").param(id).update();
  }

  /**
   * Deletes what nobody could be told for very long.
   *
   * @param age such as {@code 7d}
   * @return how many
   */
  public int forget(String age) {
    return jdbc.sql("DELETE FROM llm_unsent_event WHERE kept_at" + AGO).param(millis(age)).update();
  }

  private static long millis(String time) {
    return TimeText.read(time)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "bad-value: \"%s\" is no time; write one such as 60s".formatted(time)))
        .toMillis();
  }
}
