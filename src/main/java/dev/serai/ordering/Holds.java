package dev.serai.ordering;

import java.util.List;
import java.util.Optional;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The keys of queues with {@code on-park: hold} that are held back because a message of theirs is
 * parked; bean {@code holds}, thread-safe.
 */
@Component("holds")
public class Holds {
  private static final int LONGEST_KEY = 500;
  private static final String OF_KEY = " FROM ordered_hold WHERE queue = ? AND message_key = ?";

  private final JdbcClient jdbc;

  Holds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A key that is held back.
   *
   * @param messages of it that are parked
   */
  public record HeldKey(String queue, String key, long messages) {}

  /** All of them. */
  public record HeldKeys(List<HeldKey> items) {}

  /** What was let go. */
  public record Released(int messages) {}

  boolean isHeld(String queue, String key) {
    return jdbc.sql("SELECT 1" + OF_KEY + " FETCH FIRST 1 ROWS ONLY")
        .param(queue)
        .param(shortened(key))
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Notes a message that is parked, or is going to be. */
  void add(String queue, String key, String id) {
    try {
      jdbc.sql("INSERT INTO ordered_hold VALUES (?, ?, ?, CURRENT_TIMESTAMP)")
          .param(queue)
          .param(shortened(key))
          .param(id)
          .update();
    } catch (DuplicateKeyException e) {
      return; // it is parked again
    }
  }

  /** A parked message was replayed, and is done. */
  void remove(String queue, String key, String id) {
    jdbc.sql("DELETE" + OF_KEY + " AND message_id = ?")
        .param(queue)
        .param(shortened(key))
        .param(id)
        .update();
  }

  /** The keys that are held back, of all queues. */
  public HeldKeys list() {
    return new HeldKeys(
        jdbc.sql(
                "SELECT queue, message_key AS \"key\", COUNT(*) AS messages FROM ordered_hold"
                    + " GROUP BY queue, message_key ORDER BY queue, message_key"
                    + " FETCH FIRST 1000 ROWS ONLY")
            .query(HeldKey.class)
            .list());
  }

  /**
   * Lets keys go on whose parked messages are not going to be replayed.
   *
   * @param key one of them; null for all of the queue
   */
  public Released release(@Header("queue") String queue, @Header("key") @Nullable String key) {
    return new Released(
        Optional.ofNullable(key)
            .map(one -> jdbc.sql("DELETE" + OF_KEY).param(queue).param(shortened(one)).update())
            .orElseGet(
                () -> jdbc.sql("DELETE FROM ordered_hold WHERE queue = ?").param(queue).update()));
  }

  private static String shortened(String key) {
    return key.length() <= LONGEST_KEY
        ? key
        : key.substring(0, LONGEST_KEY) + "#" + Integer.toHexString(Murmur3.hash(key));
  }
}
