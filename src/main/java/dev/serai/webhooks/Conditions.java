package dev.serai.webhooks;

import static dev.serai.webhooks.Endpoints.MILLIS;

import dev.serai.broker.MessageIds;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes how endpoints fare, and what has to be told about it. Thread-safe. */
@Component("webhookConditions")
class Conditions {
  private static final String DISABLE =
      "UPDATE webhook_endpoint SET disabled = ?, disabled_at = CURRENT_TIMESTAMP,"
          + " probed_at = CURRENT_TIMESTAMP WHERE id = ? AND disabled IS NULL";

  private final JdbcClient jdbc;
  private final Endpoints endpoints;

  Conditions(JdbcClient jdbc, Endpoints endpoints) {
    this.jdbc = jdbc;
    this.endpoints = endpoints;
  }

  /** An endpoint has begun to fail. */
  void failing(String id) {
    endpoints.change(
        () ->
            jdbc.sql(
                    "UPDATE webhook_endpoint SET failing_since = CURRENT_TIMESTAMP"
                        + " WHERE id = ? AND failing_since IS NULL")
                .param(id)
                .update());
  }

  /** An endpoint has taken a delivery; one that was disabled for its failures is enabled. */
  void succeeded(String id) {
    endpoints.change(
        () -> {
          int enabled =
              jdbc.sql(
                      "UPDATE webhook_endpoint SET disabled = NULL, disabled_at = NULL,"
                          + " failing_since = NULL, probed_at = NULL"
                          + " WHERE id = ? AND disabled = 'failing'")
                  .param(id)
                  .update();
          if (enabled > 0) {
            goOn(id);
            return enabled;
          }
          return jdbc.sql(
                  "UPDATE webhook_endpoint SET failing_since = NULL"
                      + " WHERE id = ? AND failing_since IS NOT NULL")
              .param(id)
              .update();
        });
  }

  private void goOn(String id) {
    jdbc.sql(
            "UPDATE webhook_delivery SET due_at = CURRENT_TIMESTAMP"
                + " WHERE endpoint_id = ? AND due_at IS NOT NULL AND NOT held")
        .param(id)
        .update();
    tell("enabled", id, "answers");
  }

  /** Disables an endpoint that does not want to be called. */
  void disable(String id, Endpoint.Reason reason) {
    endpoints.change(
        () -> told(id, reason, jdbc.sql(DISABLE).param(name(reason)).param(id).update()));
  }

  /** Disables an endpoint that has failed for too long. */
  void disableIfFailing(String id, Duration longest) {
    Endpoint.Reason reason = Endpoint.Reason.FAILING;
    endpoints.change(
        () ->
            told(
                id,
                reason,
                jdbc.sql(DISABLE + " AND failing_since <= CURRENT_TIMESTAMP - " + MILLIS)
                    .param(name(reason))
                    .param(id)
                    .param(longest.toMillis())
                    .update()));
  }

  private int told(String id, Endpoint.Reason reason, int disabled) {
    if (disabled > 0) {
      tell("disabled", id, name(reason));
    }
    return disabled;
  }

  private static String name(Endpoint.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private void tell(String what, String id, String reason) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "webhook." + what);
    event.put("timestamp", Instant.now().toString());
    event.put("data", Map.of("webhook", id, "reason", reason));
    jdbc.sql("INSERT INTO webhook_event (id, name, body) VALUES (?, ?, ?)")
        .param(MessageIds.next())
        .param(what)
        .param(WebhookJson.write(event))
        .update();
  }

  /**
   * Endpoints that are to be tried again; they are not found again for a while, by any process.
   *
   * @param pause since the latest try
   */
  List<String> toProbe(Duration pause) {
    String due = "disabled = 'failing' AND enabled AND probed_at <= CURRENT_TIMESTAMP - " + MILLIS;
    return jdbc
        .sql("SELECT id FROM webhook_endpoint WHERE " + due)
        .param(pause.toMillis())
        .query(String.class)
        .list()
        .stream()
        .filter(
            id ->
                jdbc.sql(
                            "UPDATE webhook_endpoint SET probed_at = CURRENT_TIMESTAMP WHERE id = ?"
                                + " AND "
                                + due)
                        .param(id)
                        .param(pause.toMillis())
                        .update()
                    == 1)
        .toList();
  }
}
