package dev.serai.webhooks;

import static dev.serai.webhooks.Endpoints.MILLIS;

import dev.serai.files.TimeText;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Events about endpoints that the broker has still to be told. Bean {@code webhookEvents}. */
@Component("webhookEvents")
public class WebhookEvents {
  private static final String DUE =
      "(tried_at IS NULL OR tried_at < CURRENT_TIMESTAMP - " + MILLIS + ")";

  private final JdbcClient jdbc;

  WebhookEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An event that waits to be published.
   *
   * @param name {@code disabled} or {@code enabled}
   * @param body JSON
   */
  public record Unsent(String id, String name, String body) {}

  /**
   * Events to publish now. They are not found again for a while, by any process.
   *
   * @param quiet time since the latest try, such as {@code 30s}
   * @return oldest first
   */
  public List<Unsent> due(String quiet, int limit) {
    long pause = TimeText.read(quiet).orElseThrow().toMillis();
    return jdbc
        .sql("SELECT id, name, body FROM webhook_event WHERE " + DUE + " ORDER BY id LIMIT ?")
        .param(pause)
        .param(limit)
        .query(
            (row, index) ->
                new Unsent(row.getString("id"), row.getString("name"), row.getString("body")))
        .list()
        .stream()
        .filter(
            event ->
                jdbc.sql(
                            "UPDATE webhook_event SET tried_at = CURRENT_TIMESTAMP WHERE id = ? AND "
                                + DUE)
                        .param(event.id())
                        .param(pause)
                        .update()
                    == 1)
        .toList();
  }

  /** The broker has it. */
  public void sent(String id) {
    jdbc.sql("DELETE FROM webhook_event WHERE id = ?").param(id).update();
  }
}
