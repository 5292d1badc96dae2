package dev.serai.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the history has. Thread-safe. */
class HistoryReader {
  private final JdbcClient jdbc;

  HistoryReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What can be said of an update without reading it.
   *
   * @param size characters of its data
   */
  record Outline(long sequence, List<String> topics, boolean isPrivate, int size) {}

  /** As {@link #after}, without the data. */
  List<Outline> outlines(Channel channel, long sequence, long upTo, int limit) {
    return jdbc.sql(
            "SELECT sequence, topics, is_private, LENGTH(data) FROM stream_update"
                + " WHERE channel = ? AND sequence > ? AND sequence <= ?"
                + " ORDER BY channel, sequence LIMIT ?")
        .param(channel.label())
        .param(sequence)
        .param(upTo)
        .param(limit)
        .query(
            (row, number) ->
                new Outline(
                    row.getLong(1),
                    KeptRows.topics(row.getString(2)),
                    row.getBoolean(3),
                    row.getInt(4)))
        .list();
  }

  /** These updates, as far as they are still there, in their order. */
  List<Kept> read(Channel channel, List<Long> sequences) {
    return sequences.isEmpty()
        ? List.of()
        : jdbc.sql(
                KeptRows.SELECT
                    + " WHERE channel = :channel AND sequence BETWEEN :first AND :last"
                    + " AND sequence IN (:sequences) ORDER BY channel, sequence")
            .param("channel", channel.label())
            .param("first", Collections.min(sequences))
            .param("last", Collections.max(sequences))
            .param("sequences", sequences)
            .query((row, number) -> KeptRows.read(row))
            .list();
  }

  /**
   * Updates after one.
   *
   * @param upTo the last that may be among them
   * @param limit most of them
   * @return in their order; those that were deleted are missing
   */
  List<Kept> after(Channel channel, long sequence, long upTo, int limit) {
    return jdbc.sql(
            KeptRows.SELECT
                + " WHERE channel = ? AND sequence > ? AND sequence <= ?"
                + " ORDER BY channel, sequence LIMIT ?")
        .param(channel.label())
        .param(sequence)
        .param(upTo)
        .param(limit)
        .query((row, number) -> KeptRows.read(row))
        .list();
  }

  /** The latest updates, in their order. */
  List<Kept> latest(Channel channel, int limit) {
    List<Kept> found =
        new ArrayList<>(
            jdbc.sql(
                    KeptRows.SELECT
                        + " WHERE channel = ? ORDER BY channel DESC, sequence DESC LIMIT ?")
                .param(channel.label())
                .param(limit)
                .query((row, number) -> KeptRows.read(row))
                .list());
    Collections.reverse(found);
    return found;
  }
}
