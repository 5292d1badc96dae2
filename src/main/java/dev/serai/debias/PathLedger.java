package dev.serai.debias;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers which events each write path has stored in the graph, while {@code
 * debias.write-path=both}. Bean {@code debiasPathLedger}; thread-safe.
 */
@Component("debiasPathLedger")
public class PathLedger {
  private static final int LISTED = 100;

  private final JdbcTemplate batches;
  private final JdbcClient jdbc;

  PathLedger(JdbcTemplate batches, JdbcClient jdbc) {
    this.batches = batches;
    this.jdbc = jdbc;
  }

  /**
   * How the two paths compare.
   *
   * @param direct events that the direct path has stored
   * @param queue events that came through the queue and were stored
   * @param same events that both have stored with equal fields
   * @param onlyDirect ids, the first 100; they may still be in the queue
   * @param onlyQueue ids, the first 100; the direct write failed
   * @param different ids of events whose fields differ, the first 100
   */
  public record Comparison(
      long direct,
      long queue,
      long same,
      @JsonProperty("only_direct") List<String> onlyDirect,
      @JsonProperty("only_queue") List<String> onlyQueue,
      List<String> different) {}

  /**
   * Notes events that are in the graph now; noting one twice changes nothing.
   *
   * @param path {@code direct} or {@code queue}
   */
  public void note(String path, List<UserEvent> events) {
    batches.batchUpdate(
        "INSERT INTO debias_written"
            + " (path, event_id, user_id, product_id, event_type, user_session, occurred_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        events.stream()
            .sorted(Comparator.comparing(UserEvent::eventId))
            .map(event -> row(path, event))
            .toList());
  }

  /** Compares what the two paths have stored so far. */
  public Comparison compare() {
    return new Comparison(
        count("SELECT COUNT(*) FROM debias_written WHERE path = 'direct'"),
        count("SELECT COUNT(*) FROM debias_written WHERE path = 'queue'"),
        count("SELECT COUNT(*)" + PAIRS + " WHERE NOT (" + DIFFERENT + ")"),
        missing("direct", "queue"),
        missing("queue", "direct"),
        ids("SELECT d.event_id" + PAIRS + " WHERE " + DIFFERENT + " ORDER BY d.event_id"));
  }

  /** Forgets everything, to begin a new comparison. */
  public void clear() {
    jdbc.sql("DELETE FROM debias_written").update();
  }

  private static final String PAIRS =
      " FROM debias_written d JOIN debias_written q"
          + " ON d.event_id = q.event_id AND d.path = 'direct' AND q.path = 'queue'";
  private static final String DIFFERENT =
      "d.user_id <> q.user_id OR d.product_id <> q.product_id OR d.event_type <> q.event_type"
          + " OR d.user_session IS DISTINCT FROM q.user_session OR d.occurred_at <> q.occurred_at";

  private List<String> missing(String here, String there) {
    return ids(
        ("SELECT a.event_id FROM debias_written a WHERE a.path = '%s' AND NOT EXISTS"
                + " (SELECT 1 FROM debias_written b WHERE b.path = '%s'"
                + " AND b.event_id = a.event_id) ORDER BY a.event_id")
            .formatted(here, there));
  }

  private List<String> ids(String sql) {
    return jdbc.sql(sql + " LIMIT " + LISTED).query(String.class).list();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  private static Object[] row(String path, UserEvent event) {
    return new Object[] {
      path,
      event.eventId(),
      event.userId(),
      event.productId(),
      event.eventType(),
      event.userSession(),
      event.time().atOffset(ZoneOffset.UTC)
    };
  }
}
