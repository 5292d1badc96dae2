package dev.serai.bloodbank;

import dev.serai.files.TimeText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what was published. Bean {@code bloodbankHistory}; thread-safe. */
@Component("bloodbankHistory")
public class BloodbankHistory {
  private static final int PAGE = 1000;
  private static final int MOST_READ = 50_000;
  // Instances store side by side: a lower sequence may be a little later.
  private static final long DISORDER = 10_000;
  private static final long DISORDER_SECONDS = 60;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;

  BloodbankHistory(JdbcTemplate jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * An event and its place.
   *
   * @param sequence grows
   */
  record Entry(long sequence, KeptEvent event, Instant keptAt) {}

  /**
   * Some events.
   *
   * @param next behind which the others begin; null: there are none
   */
  record Found(List<Entry> entries, @Nullable Long next) {}

  private record Place(long sequence, String key, Instant keptAt) {}

  /** Keeps events, all or none; one whose id is there already changes nothing. */
  public void keep(List<KeptEvent> events) {
    transactions.executeWithoutResult(
        status ->
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
                }));
  }

  /** Some events, as callers see them. */
  public BloodbankAnswers.Page list(HistoryQuery query) {
    return BloodbankAnswers.page(find(query));
  }

  /** Finds events in the order in which they were kept, looking at a bounded number of them. */
  Found find(HistoryQuery query) {
    List<Long> found = new ArrayList<>();
    long after = Math.max(query.after(), start(query.since()));
    int read = 0;
    while (read < MOST_READ) {
      List<Place> page = page(query, after);
      for (Place place : page) {
        after = place.sequence();
        if (isBehind(query.until(), place.keptAt())) {
          return new Found(entries(found), null);
        }
        if (query.means(place.key(), place.keptAt())) {
          found.add(after);
          if (found.size() == query.limit()) {
            return new Found(entries(found), after);
          }
        }
      }
      if (page.size() < PAGE) {
        return new Found(entries(found), null);
      }
      read += page.size();
    }
    return new Found(entries(found), after);
  }

  private static boolean isBehind(@Nullable Instant until, Instant keptAt) {
    return until != null && keptAt.isAfter(until.plusSeconds(DISORDER_SECONDS));
  }

  /** Ordered as the index is that the condition uses, so that no other row is read. */
  private List<Place> page(HistoryQuery query, long after) {
    String where = "";
    String order = "";
    List<Object> values = new ArrayList<>();
    if (query.correlation() != null) {
      where = "correlation_id = ? AND ";
      order = "correlation_id, ";
      values.add(query.correlation());
    } else if (query.key() != null && query.key().isExact()) {
      where = "routing_key = ? AND ";
      order = "routing_key, ";
      values.add(query.key().text());
    }
    values.add(after);
    values.add(PAGE);
    return jdbc.query(
        "SELECT sequence, routing_key, kept_at FROM bloodbank_event WHERE "
            + where
            + "sequence > ? ORDER BY "
            + order
            + "sequence LIMIT ?",
        (row, index) ->
            new Place(
                row.getLong(1),
                row.getString(2),
                Objects.requireNonNull(row.getObject(3, OffsetDateTime.class)).toInstant()),
        values.toArray());
  }

  /** A sequence that all events since a time are behind. */
  private long start(@Nullable Instant since) {
    if (since == null) {
      return 0;
    }
    return jdbc
        .queryForList(
            "SELECT sequence FROM bloodbank_event WHERE kept_at >= ?"
                + " ORDER BY kept_at, sequence LIMIT 1",
            Long.class,
            OffsetDateTime.ofInstant(since, ZoneOffset.UTC))
        .stream()
        .findFirst()
        .map(first -> Math.max(0, first - DISORDER))
        .orElse(Long.MAX_VALUE);
  }

  private List<Entry> entries(List<Long> sequences) {
    return jdbc.query(
        "SELECT sequence, event_id, routing_key, correlation_id, content_type, headers, body,"
            + " kept_at FROM bloodbank_event WHERE sequence = ANY(?) ORDER BY sequence",
        (row, index) ->
            new Entry(
                row.getLong(1),
                new KeptEvent(
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getBytes(7)),
                Objects.requireNonNull(row.getObject(8, OffsetDateTime.class)).toInstant()),
        (Object) sequences.toArray(Long[]::new));
  }

  /**
   * Deletes old events.
   *
   * @param age such as {@code 30d}
   * @param most of them, so that no transaction is large
   * @return how many
   */
  public int forget(String age, int most) {
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
    return old.length;
  }
}
