package dev.serai.hub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The updates of each channel in the state store, in one order that all processes see. Thread-safe.
 *
 * <p>A number is given to an update under a lock of its channel, so whoever sees one sees all
 * before it, but for those that were deleted since.
 */
class History {
  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final TransactionTemplate transactions;

  History(JdbcClient jdbc, JdbcTemplate batches, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.transactions = transactions;
  }

  /**
   * An update that is to be kept.
   *
   * @param message names the message that it came with; null: it came with none
   */
  record Arrival(Update update, @Nullable String message) {

    /** The same for each delivery of a message, another for each update that came with it. */
    String origin(Channel channel) {
      if (message == null) {
        return UUID.randomUUID().toString();
      }
      List<String> all = new ArrayList<>(update.topics());
      all.addAll(List.of(message, channel.label(), update.data()));
      all.add(String.valueOf(update.type()));
      all.add(String.valueOf(update.id()));
      all.add(update.isPrivate() + " " + update.retry());
      return key(KeptRows.json(all));
    }
  }

  /**
   * Keeps updates, all or none; of one that is there already, that one.
   *
   * @return in the order of the arrivals
   */
  List<Kept> keep(Channel channel, List<Arrival> arrivals) {
    return transactions.execute(
        transaction -> {
          long last =
              jdbc.sql("SELECT last_sequence FROM stream_channel WHERE name = ? FOR UPDATE")
                  .param(channel.label())
                  .query(Long.class)
                  .single();
          List<String> origins = arrivals.stream().map(a -> a.origin(channel)).toList();
          Map<String, Kept> known = known(origins);
          List<Kept> kept = new ArrayList<>();
          List<Object[]> rows = new ArrayList<>();
          for (int i = 0; i < origins.size(); i++) {
            String origin = origins.get(i);
            Kept there = known.get(origin);
            if (there == null) {
              Update update = arrivals.get(i).update().identified("urn:uuid:" + origin);
              there = new Kept(last + rows.size() + 1, update);
              known.put(origin, there);
              rows.add(row(channel, origin, there));
            }
            kept.add(there);
          }
          write(channel, last, rows);
          return kept;
        });
  }

  private Map<String, Kept> known(List<String> origins) {
    Map<String, Kept> known = new HashMap<>();
    jdbc.sql(KeptRows.SELECT.replace(" FROM", ", origin FROM") + " WHERE origin IN (:origins)")
        .param("origins", origins)
        .query(
            row -> {
              known.put(row.getString("origin"), KeptRows.read(row));
            });
    return known;
  }

  private static Object[] row(Channel channel, String origin, Kept kept) {
    Update update = kept.update();
    return new Object[] {
      channel.label(),
      kept.sequence(),
      kept.id(),
      origin,
      key(update.topics().get(0)),
      KeptRows.json(update.topics()),
      update.data(),
      update.isPrivate(),
      update.type(),
      update.retry()
    };
  }

  private void write(Channel channel, long last, List<Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    batches.batchUpdate(
        "INSERT INTO stream_update (channel, sequence, id, origin, topic_key, topics, data,"
            + " is_private, type, retry, kept_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)",
        rows);
    jdbc.sql("UPDATE stream_channel SET last_sequence = ? WHERE name = ?")
        .param(last + rows.size())
        .param(channel.label())
        .update();
  }

  /** The number of the latest update that was kept; 0 before the first. */
  long last(Channel channel) {
    return jdbc.sql("SELECT last_sequence FROM stream_channel WHERE name = ?")
        .param(channel.label())
        .query(Long.class)
        .single();
  }

  /** The number of the oldest update with this id; empty when it is not there (any more). */
  OptionalLong find(Channel channel, String id) {
    Long found =
        jdbc.sql("SELECT MIN(sequence) FROM stream_update WHERE channel = ? AND id = ?")
            .param(channel.label())
            .param(id)
            .query((row, number) -> row.getObject(1, Long.class))
            .list()
            .get(0);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /** A short name of a text, of always the same length. */
  static String key(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
