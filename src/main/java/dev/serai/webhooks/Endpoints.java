package dev.serai.webhooks;

import dev.serai.broker.MessageIds;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The endpoints as the store has them. Each change raises a number. Thread-safe. */
@Component("webhookEndpoints")
class Endpoints {
  /** Added to the time of the database; the parameter is a number of milliseconds. */
  static final String MILLIS = "CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

  private static final String COLUMNS =
      "SELECT id, url, types, description, headers, auth, secret, old_secret, old_secret_until,"
          + " rate_limit, schedule, enabled, disabled, disabled_at, failing_since, created_at"
          + " FROM webhook_endpoint";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  Endpoints(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Adds one; its id. To whom it belongs is stored in the same transaction. */
  String add(Settings settings, String secret, Consumer<String> owning) {
    String id = MessageIds.next();
    change(
        () -> {
          owning.accept(id);
          return write(
              settings,
              jdbc.sql(
                  "INSERT INTO webhook_endpoint (url, types, description, headers, auth,"
                      + " rate_limit, schedule, enabled, id, secret, created_at)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)"),
              id,
              secret);
        });
    return id;
  }

  /**
   * Changes one.
   *
   * @param enable whether also what Serai has disabled is enabled again
   * @return whether there is one
   */
  boolean set(String id, Settings settings, boolean enable) {
    String enabling =
        enable
            ? ", disabled = NULL, disabled_at = NULL, probed_at = NULL, failing_since ="
                + " CASE WHEN disabled IS NULL THEN failing_since ELSE NULL END"
            : "";
    return change(
        () ->
            write(
                settings,
                jdbc.sql(
                    "UPDATE webhook_endpoint SET url = ?, types = ?, description = ?, headers = ?,"
                        + " auth = ?, rate_limit = ?, schedule = ?, enabled = ?"
                        + enabling
                        + " WHERE id = ?"),
                id));
  }

  private static int write(Settings settings, JdbcClient.StatementSpec statement, Object... rest) {
    JdbcClient.StatementSpec filled =
        statement
            .param(settings.url().toString())
            .param(WebhookJson.write(settings.types()))
            .param(settings.description())
            .param(WebhookJson.write(settings.headers()))
            .param(WebhookJson.write(settings.auth()))
            .param(settings.rateLimit())
            .param(WebhookJson.times(settings.schedule()))
            .param(settings.enabled());
    for (Object value : rest) {
      filled = filled.param(value);
    }
    return filled.update();
  }

  /**
   * Signs with a new secret, and with the old one too for a while.
   *
   * @return whether there is such an endpoint
   */
  boolean rotate(String id, String secret, Duration overlap) {
    return change(
        () ->
            jdbc.sql(
                    "UPDATE webhook_endpoint SET old_secret = secret, old_secret_until ="
                        + " CURRENT_TIMESTAMP + "
                        + MILLIS
                        + ", secret = ? WHERE id = ?")
                .param(overlap.toMillis())
                .param(secret)
                .param(id)
                .update());
  }

  /** Removes one with all that is known of it; returns whether there was one. */
  boolean remove(String id) {
    return change(
        () -> {
          for (String table : List.of("webhook_delivery", "webhook_attempt")) {
            jdbc.sql("DELETE FROM " + table + " WHERE endpoint_id = ?").param(id).update();
          }
          return jdbc.sql("DELETE FROM webhook_endpoint WHERE id = ?").param(id).update();
        });
  }

  /** Changes endpoints so that all processes see it; returns whether any was changed. */
  boolean change(IntSupplier statement) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              // First, so that numbers are in the order of the commits.
              jdbc.sql("UPDATE webhook_change SET number = number + 1 WHERE id = 1").update();
              boolean changed = statement.getAsInt() > 0;
              if (!changed) {
                status.setRollbackOnly();
              }
              return changed;
            }));
  }

  /** A number that is another one after each change. */
  long number() {
    return jdbc.sql("SELECT number FROM webhook_change WHERE id = 1").query(Long.class).single();
  }

  Optional<Endpoint> find(String id) {
    return jdbc.sql(COLUMNS + " WHERE id = ?").param(id).query(Endpoints::read).optional();
  }

  /**
   * Some of them in the order in which they were added.
   *
   * @param after the id behind which they begin; null: at the first
   */
  List<Endpoint> list(@Nullable String after, int limit) {
    return jdbc.sql(COLUMNS + " WHERE id > ? ORDER BY id LIMIT ?")
        .param(after == null ? "" : after)
        .param(limit)
        .query(Endpoints::read)
        .list();
  }

  private static Endpoint read(ResultSet row, int index) throws SQLException {
    Settings settings =
        new Settings(
            URI.create(row.getString("url")),
            WebhookJson.list(row.getString("types")),
            row.getString("description"),
            WebhookJson.texts(row.getString("headers")),
            WebhookJson.texts(row.getString("auth")),
            row.getObject("rate_limit", Integer.class),
            WebhookJson.times(row.getString("schedule")),
            row.getBoolean("enabled"));
    Keys keys =
        new Keys(
            row.getString("secret"), row.getString("old_secret"), time(row, "old_secret_until"));
    Instant disabledAt = time(row, "disabled_at");
    return new Endpoint(
        row.getString("id"),
        settings,
        keys,
        disabledAt == null ? null : disabling(row.getString("disabled"), disabledAt),
        time(row, "failing_since"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static Endpoint.Disabling disabling(String reason, Instant since) {
    return new Endpoint.Disabling(Endpoint.Reason.valueOf(reason.toUpperCase(Locale.ROOT)), since);
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
