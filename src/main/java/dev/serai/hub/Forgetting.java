package dev.serai.hub;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the history short, and knows what is lost by that. Thread-safe; any instance may do it. */
class Forgetting {
  private static final String AGO =
      " < CURRENT_TIMESTAMP - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";
  private static final int MOST_TOPICS = 1000; // at once; the others are looked at next time

  /** Updates in one transaction, so that those that come meanwhile do not wait for long. */
  private static final int PIECE = 200;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  Forgetting(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Deletes all but the latest of each topic; an update counts for its first one. */
  void keepLatest(Channel channel, int most) {
    List<String> keys =
        jdbc.sql(
                "SELECT topic_key FROM stream_update WHERE channel = ? GROUP BY topic_key"
                    + " HAVING COUNT(*) > ? LIMIT ?")
            .param(channel.label())
            .param(most)
            .param(MOST_TOPICS)
            .query(String.class)
            .list();
    keys.forEach(key -> keepLatest(channel, key, most));
  }

  private void keepLatest(Channel channel, String key, int most) {
    sequence(channel, key, "DESC", most)
        .ifPresent(
            last -> {
              Optional<Long> piece;
              do {
                piece = sequence(channel, key, "ASC", PIECE - 1).filter(end -> end < last);
                long upTo = piece.orElse(last);
                transactions.executeWithoutResult(status -> forget(channel, key, upTo));
              } while (piece.isPresent());
            });
  }

  /** Of the update behind so many others of its topic. */
  private Optional<Long> sequence(Channel channel, String key, String order, int others) {
    return jdbc.sql(
            "SELECT sequence FROM stream_update WHERE channel = ? AND topic_key = ?"
                + " ORDER BY channel %1$s, topic_key %1$s, sequence %1$s LIMIT 1 OFFSET ?"
                    .formatted(order))
        .param(channel.label())
        .param(key)
        .param(others)
        .query(Long.class)
        .optional();
  }

  private void forget(Channel channel, String key, long upTo) {
    Map<String, Long> lost = new TreeMap<>(); // in one order, as instances may do it side by side
    jdbc.sql(
            "SELECT topics, MAX(sequence) FROM stream_update"
                + " WHERE channel = ? AND topic_key = ? AND sequence <= ? GROUP BY topics")
        .param(channel.label())
        .param(key)
        .param(upTo)
        .query(
            row -> {
              long last = row.getLong(2);
              KeptRows.topics(row.getString(1))
                  .forEach(topic -> lost.merge(topic, last, Long::max));
            });
    lost.forEach((topic, last) -> note(channel, topic, last));
    jdbc.sql("DELETE FROM stream_update WHERE channel = ? AND topic_key = ? AND sequence <= ?")
        .param(channel.label())
        .param(key)
        .param(upTo)
        .update();
  }

  /** Remembers up to where updates of a topic, by any of their names, were deleted. */
  private void note(Channel channel, String topic, long upTo) {
    String key = History.key(topic);
    jdbc.sql(
            "INSERT INTO stream_forgotten (channel, topic_key, sequence, topics, forgotten_at)"
                + " VALUES (?, ?, 0, ?, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING")
        .param(channel.label())
        .param(key)
        .param(KeptRows.json(List.of(topic)))
        .update();
    jdbc.sql(
            "UPDATE stream_forgotten SET sequence = ?, forgotten_at = CURRENT_TIMESTAMP"
                + " WHERE channel = ? AND topic_key = ? AND sequence < ?")
        .param(upTo)
        .param(channel.label())
        .param(key)
        .param(upTo)
        .update();
  }

  /** Deletes what is older, and what is known of losses that nobody can ask for any more. */
  void keepYounger(Duration age) {
    jdbc.sql("DELETE FROM stream_update WHERE kept_at" + AGO).param(age.toMillis()).update();
    jdbc.sql("DELETE FROM stream_forgotten WHERE forgotten_at" + AGO)
        .param(age.toMillis())
        .update();
  }

  /** Whether updates after one were deleted that a client wants. */
  boolean hasLost(Channel channel, long sequence, Subscription wanted) {
    return jdbc
        .sql("SELECT topics FROM stream_forgotten WHERE channel = ? AND sequence > ?")
        .param(channel.label())
        .param(sequence)
        .query(String.class)
        .list()
        .stream()
        .anyMatch(topics -> wanted.selectsOneOf(KeptRows.topics(topics)));
  }

  /** How many updates are kept. */
  Map<Channel, Long> rows() {
    Map<Channel, Long> rows = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      rows.put(
          channel,
          jdbc.sql("SELECT COUNT(*) FROM stream_update WHERE channel = ?")
              .param(channel.label())
              .query(Long.class)
              .single());
    }
    return rows;
  }
}
