package dev.serai.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the history short, and knows what is lost by that. Thread-safe; any instance may do it. */
class Forgetting {
  private static final String OLDER =
      " < CURRENT_TIMESTAMP - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";
  private static final int MOST_TOPICS = 1000; // at once; the others are looked at next time

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  Forgetting(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Updates that are to be deleted.
   *
   * @param topic key of their first topic; null: whatever their topics are
   * @param last the number of the latest of them
   * @param count how many they are
   */
  record Surplus(Channel channel, @Nullable String topic, long last, long count) {}

  /** What is older than an age. */
  Optional<Surplus> older(Channel channel, Duration age) {
    return jdbc.sql(
            "SELECT MAX(sequence), COUNT(*) FROM stream_update WHERE channel = ? AND kept_at"
                + OLDER)
        .param(channel.label())
        .param(age.toMillis())
        .query((row, number) -> new Surplus(channel, null, row.getLong(1), row.getLong(2)))
        .optional()
        .filter(surplus -> surplus.count() > 0);
  }

  /** All but the latest of each topic; an update counts for its first one. */
  List<Surplus> crowded(Channel channel, int most) {
    Map<String, Long> counts = new TreeMap<>();
    jdbc.sql(
            "SELECT topic_key, COUNT(*) FROM stream_update WHERE channel = ? GROUP BY topic_key"
                + " HAVING COUNT(*) > ? LIMIT ?")
        .param(channel.label())
        .param(most)
        .param(MOST_TOPICS)
        .query(
            row -> {
              counts.put(row.getString(1), row.getLong(2) - most);
            });
    List<Surplus> crowded = new ArrayList<>();
    counts.forEach(
        (topic, count) ->
            sequence(channel, topic, "DESC", most)
                .ifPresent(last -> crowded.add(new Surplus(channel, topic, last, count))));
    return crowded;
  }

  /**
   * Deletes the oldest of them, in one transaction.
   *
   * @param most from 1
   * @return what is left of them
   */
  Optional<Surplus> forget(Surplus surplus, int most) {
    Channel channel = surplus.channel();
    String topic = surplus.topic();
    Optional<Long> end =
        sequence(channel, topic, "ASC", most - 1).filter(last -> last < surplus.last());
    long upTo = end.orElse(surplus.last());
    if (topic == null) {
      forget(channel, upTo);
    } else {
      transactions.executeWithoutResult(status -> forget(channel, topic, upTo));
    }
    return end.map(last -> new Surplus(channel, topic, surplus.last(), surplus.count() - most));
  }

  /** Of the update behind so many others. */
  private Optional<Long> sequence(
      Channel channel, @Nullable String topic, String order, int others) {
    return jdbc.sql(
            ("SELECT sequence FROM stream_update WHERE channel = :channel"
                    + (topic == null ? "" : " AND topic_key = :topic")
                    + " ORDER BY channel %1$s, "
                    + (topic == null ? "" : "topic_key %1$s, ")
                    + "sequence %1$s LIMIT 1 OFFSET :others")
                .formatted(order))
        .param("channel", channel.label())
        .param("topic", topic)
        .param("others", others)
        .query(Long.class)
        .optional();
  }

  private void forget(Channel channel, long upTo) {
    jdbc.sql("DELETE FROM stream_update WHERE channel = ? AND sequence <= ?")
        .param(channel.label())
        .param(upTo)
        .update();
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

  /** Deletes what is known of losses that nobody can ask for any more. */
  void forgetLosses(Duration age) {
    jdbc.sql("DELETE FROM stream_forgotten WHERE forgotten_at" + OLDER)
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
