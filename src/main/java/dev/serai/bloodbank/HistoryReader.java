package dev.serai.bloodbank;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Finds events in the history. Thread-safe. */
@Component
class HistoryReader {
  private static final int PAGE = 1000;
  private static final int MOST_READ = 50_000;
  // The time is when an event's transaction began, and others may have been faster.
  private static final long DISORDER = 10_000;
  private static final long DISORDER_SECONDS = 60;
  private static final String ENTRY =
      "SELECT sequence, event_id, routing_key, correlation_id, content_type, headers, body,"
          + " kept_at FROM bloodbank_event WHERE ";

  private final JdbcTemplate jdbc;

  HistoryReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An event and its place.
   *
   * @param sequence grows
   */
  record Entry(long sequence, KeptEvent event, Instant keptAt) {}

  /**
   * Where some events are.
   *
   * @param next behind which the others begin; null: there are none
   */
  record Found(List<Long> sequences, @Nullable Long next) {}

  private record Place(long sequence, String key, Instant keptAt, long bytes) {}

  /**
   * Finds events in the order in which they were kept, looking at a bounded number of them.
   *
   * @param mostBytes of all of them together; one is found however large it is
   */
  Found find(HistoryQuery query, long mostBytes) {
    List<Long> found = new ArrayList<>();
    long after = Math.max(query.after(), start(query.since()));
    long bytes = 0;
    int read = 0;
    while (read < MOST_READ) {
      List<Place> page = page(query, after);
      for (Place place : page) {
        if (isBehind(query.until(), place.keptAt())) {
          return new Found(found, null);
        }
        boolean meant = query.means(place.key(), place.keptAt());
        bytes += meant ? place.bytes() : 0;
        if (meant && !found.isEmpty() && bytes > mostBytes) {
          return new Found(found, after);
        }
        after = place.sequence();
        if (meant) {
          found.add(after);
        }
        if (found.size() == query.limit()) {
          return new Found(found, after);
        }
      }
      if (page.size() < PAGE) {
        return new Found(found, null);
      }
      read += page.size();
    }
    return new Found(found, after);
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
        "SELECT sequence, routing_key, kept_at, OCTET_LENGTH(body) + OCTET_LENGTH(headers)"
            + " FROM bloodbank_event WHERE "
            + where
            + "sequence > ? ORDER BY "
            + order
            + "sequence LIMIT ?",
        (row, index) ->
            new Place(row.getLong(1), row.getString(2), instant(row, 3), row.getLong(4)),
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

  /** All of these that are still there. */
  List<Entry> read(List<Long> sequences) {
    return jdbc.query(
        ENTRY + "sequence = ANY(?) ORDER BY sequence",
        HistoryReader::entry,
        (Object) sequences.toArray(Long[]::new));
  }

  /** One of them; empty when it was forgotten meanwhile. */
  Optional<Entry> read(long sequence) {
    return jdbc.query(ENTRY + "sequence = ?", HistoryReader::entry, sequence).stream().findFirst();
  }

  private static Entry entry(ResultSet row, int index) throws SQLException {
    return new Entry(
        row.getLong(1),
        new KeptEvent(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getBytes(7)),
        instant(row, 8));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }
}
