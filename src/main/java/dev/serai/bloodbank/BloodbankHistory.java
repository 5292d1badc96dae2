package dev.serai.bloodbank;

import dev.serai.files.TimeText;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what was published. Bean {@code bloodbankHistory}; thread-safe. */
@Component("bloodbankHistory")
public class BloodbankHistory {
  /** Less than the disorder of times that {@link HistoryReader} expects. */
  private static final int MOST_SECONDS = 30;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final HistoryReader reader;
  private final long pageBytes;

  BloodbankHistory(
      JdbcTemplate jdbc,
      PlatformTransactionManager manager,
      HistoryReader reader,
      @Value("${bloodbank.history.page-bytes}") long pageBytes) {
    this.jdbc = jdbc;
    this.transactions = new TransactionTemplate(manager);
    this.transactions.setTimeout(MOST_SECONDS);
    this.reader = reader;
    this.pageBytes = pageBytes;
  }

  /**
   * Keeps events, all or none; one whose id is there already changes nothing. Processes do so one
   * after the other, so that who has read up to a place misses nothing before it.
   *
   * @throws org.springframework.dao.DataAccessException also when the turn does not come within 30
   *     seconds
   */
  public void keep(List<KeptEvent> events) {
    transactions.executeWithoutResult(
        status -> {
          jdbc.queryForList("SELECT id FROM bloodbank_turn FOR UPDATE", Integer.class);
          insert(events);
        });
  }

  private void insert(List<KeptEvent> events) {
    jdbc.batchUpdate(
        "INSERT INTO bloodbank_event (event_id, routing_key, correlation_id, content_type,"
            + " headers, body, kept_at) VALUES (?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)"
            + " ON CONFLICT DO NOTHING",
        events,
        events.size(),
        (row, event) -> {
          row.setString(1, event.id());
          row.setString(2, event.key());
          row.setString(3, event.correlation());
          row.setString(4, event.contentType());
          row.setString(5, event.headers());
          row.setBytes(6, event.body());
        });
  }

  /** Some events, as callers see them; a page ends where it would become too large. */
  public BloodbankAnswers.Page list(HistoryQuery query) {
    HistoryReader.Found found = reader.find(query, pageBytes);
    return BloodbankAnswers.page(reader.read(found.sequences()), found.next());
  }

  /**
   * Deletes old events.
   *
   * @param age such as {@code 30d}
   * @param most of them, so that no transaction is large
   * @return whether more may be left
   */
  public boolean forget(String age, int most) {
    Long[] old =
        jdbc.queryForList(
                "SELECT sequence FROM bloodbank_event WHERE kept_at < CURRENT_TIMESTAMP"
                    + " - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND"
                    + " ORDER BY kept_at, sequence LIMIT ?",
                Long.class,
                TimeText.read(age).orElseThrow().toMillis(),
                most)
            .toArray(Long[]::new);
    if (old.length > 0) {
      jdbc.update("DELETE FROM bloodbank_event WHERE sequence = ANY(?)", (Object) old);
    }
    return old.length >= most;
  }
}
