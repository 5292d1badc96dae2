package dev.serai.webhooks;

import static dev.serai.webhooks.Endpoints.MILLIS;

import dev.serai.files.TimeText;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets what is old. Bean {@code webhookRecords}; thread-safe. */
@Component("webhookRecords")
public class WebhookRecords {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookRecords.class);
  private static final String OLD = "stored_at < CURRENT_TIMESTAMP - " + MILLIS;

  private final JdbcClient jdbc;

  WebhookRecords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Gives up deliveries that could not be made for very long, because their endpoint is disabled.
   *
   * @param age of the message, such as {@code 14d}
   * @return how many
   */
  public int giveUp(String age) {
    int given =
        jdbc.sql(
                "UPDATE webhook_delivery SET state = 'failed', held = FALSE, due_at = NULL"
                    + " WHERE due_at IS NOT NULL AND message_id IN (SELECT id FROM webhook_message"
                    + " WHERE "
                    + OLD
                    + ")")
            .param(millis(age))
            .update();
    if (given > 0) {
      LOG.warn("webhook-given-up: {} deliveries are older than {} and never succeeded", given, age);
    }
    return given;
  }

  /**
   * Deletes old messages with their deliveries.
   *
   * @param age such as {@code 14d}
   * @param limit most of them, so that no transaction is large
   * @return whether more may be left
   */
  public boolean forget(String age, int limit) {
    String[] old =
        jdbc.sql("SELECT id FROM webhook_message WHERE " + OLD + " ORDER BY stored_at LIMIT ?")
            .param(millis(age))
            .param(limit)
            .query(String.class)
            .list()
            .toArray(String[]::new);
    if (old.length > 0) { // one after the other: what is left is found at the next look
      for (String table :
          new String[] {"webhook_delivery WHERE message_id", "webhook_message WHERE id"}) {
        jdbc.sql("DELETE FROM " + table + " = ANY(?)").param(old).update();
      }
    }
    return old.length >= limit;
  }

  /**
   * Deletes old attempts, and those that were under way to an endpoint when it was removed; each
   * endpoint's in a transaction of their own.
   *
   * @param age such as {@code 14d}
   * @param limit most of them, so that no transaction is large
   * @return whether more may be left
   */
  public boolean forgetAttempts(String age, int limit) {
    String oldest = idAt(System.currentTimeMillis() - millis(age));
    int left = limit;
    Optional<String> endpoint = endpointAfter("");
    while (left > 0 && endpoint.isPresent()) {
      String id = endpoint.get();
      boolean known =
          jdbc.sql("SELECT id FROM webhook_endpoint WHERE id = ?")
              .param(id)
              .query(String.class)
              .optional()
              .isPresent();
      left -= forgetAttempts(id, known ? oldest : Attempts.LAST, left);
      endpoint = endpointAfter(id);
    }
    return left <= 0;
  }

  /** The next that has attempts; ordered as the index is, so that no other row is read. */
  private Optional<String> endpointAfter(String id) {
    return jdbc.sql(
            "SELECT endpoint_id FROM webhook_attempt WHERE endpoint_id > ?"
                + " ORDER BY endpoint_id, id LIMIT 1")
        .param(id)
        .query(String.class)
        .optional();
  }

  private int forgetAttempts(String endpointId, String before, int limit) {
    String end =
        jdbc.sql(
                "SELECT id FROM webhook_attempt WHERE endpoint_id = ? AND id < ?"
                    + " ORDER BY endpoint_id, id LIMIT 1 OFFSET ?")
            .param(endpointId)
            .param(before)
            .param(limit)
            .query(String.class)
            .optional()
            .orElse(before);
    return jdbc.sql("DELETE FROM webhook_attempt WHERE endpoint_id = ? AND id < ?")
        .param(endpointId)
        .param(end)
        .update();
  }

  /** Ids begin with the time at which they were made (RFC 9562 version 7). */
  private static String idAt(long millis) {
    return "%08x-%04x".formatted(millis >>> 16, millis & 0xffff);
  }

  private static long millis(String age) {
    return TimeText.read(age).orElseThrow().toMillis();
  }
}
