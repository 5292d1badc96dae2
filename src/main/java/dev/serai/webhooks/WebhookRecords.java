package dev.serai.webhooks;

import static dev.serai.webhooks.Endpoints.MILLIS;

import dev.serai.files.TimeText;
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
   * @return how many
   */
  public int forget(String age, int limit) {
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
    return old.length;
  }

  /**
   * Deletes old attempts.
   *
   * @param age such as {@code 14d}
   * @return how many
   */
  public int forgetAttempts(String age) {
    return jdbc.sql(
            "DELETE FROM webhook_attempt WHERE started_at < CURRENT_TIMESTAMP - "
                + MILLIS
                + " OR endpoint_id NOT IN (SELECT id FROM webhook_endpoint)")
        .param(millis(age))
        .update();
  }

  private static long millis(String age) {
    return TimeText.read(age).orElseThrow().toMillis();
  }
}
