package dev.serai.conduit;

import dev.serai.files.TimeText;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Events that were written together with what they tell of, and wait to be published. Bean {@code
 * conduitOutbox}; thread-safe.
 */
@Component("conduitOutbox")
public class Outbox {
  private static final String AGO =
      " < CURRENT_TIMESTAMP - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

  private final JdbcClient jdbc;

  Outbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An event.
   *
   * @param id of its message, the same however often it is published
   * @param body JSON
   */
  public record Event(String id, String routingKey, String body) {}

  /** Keeps one, within the transaction of the caller. */
  void put(String id, String about, String routingKey, String body) {
    jdbc.sql(
            "INSERT INTO conduit_outbox (id, about, routing_key, body, tried_at)"
                + " VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)")
        .param(id)
        .param(about)
        .param(routingKey)
        .param(body)
        .update();
  }

  /** Those about one virtual key, oldest first. */
  List<Event> of(String about) {
    return jdbc.sql(
            "SELECT id, routing_key, body FROM conduit_outbox WHERE about = ? ORDER BY number")
        .param(about)
        .query(Event.class)
        .list();
  }

  /**
   * Events whose process has died, or could not publish them. They are not found again for a while,
   * by any process.
   *
   * @param quiet time since the latest try, such as {@code 30s}
   * @param limit most of them
   * @return oldest first
   */
  public List<Event> due(String quiet, int limit) {
    long pause = TimeText.read(quiet).orElseThrow().toMillis();
    return jdbc
        .sql(
            "SELECT id, routing_key, body FROM conduit_outbox WHERE tried_at"
                + AGO
                + " ORDER BY number LIMIT ?")
        .param(pause)
        .param(limit)
        .query(Event.class)
        .list()
        .stream()
        .filter(event -> isMine(event.id(), pause))
        .toList();
  }

  private boolean isMine(String id, long pause) {
    return jdbc.sql(
                "UPDATE conduit_outbox SET tried_at = CURRENT_TIMESTAMP WHERE id = ? AND tried_at"
                    + AGO)
            .param(id)
            .param(pause)
            .update()
        == 1;
  }

  /** The broker has it. */
  public void told(String id) {
    jdbc.sql("DELETE FROM conduit_outbox WHERE id = ?").param(id).update();
  }
}
