package dev.serai.bloodbank;

import dev.serai.webhooks.WebhookOwner;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Subscriptions as the store has them. Thread-safe. */
@Component
class SubscriptionRecords implements WebhookOwner {
  private static final String SELECT =
      "SELECT id, pattern, queue, url, webhook_id, created_at FROM bloodbank_subscription ";
  private static final RowMapper<Subscription> ROW =
      (row, index) ->
          new Subscription(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getString(5),
              Objects.requireNonNull(row.getObject(6, OffsetDateTime.class)).toInstant().toString(),
              null);

  private final JdbcClient jdbc;

  SubscriptionRecords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(
      String id, String pattern, String queue, @Nullable String url, @Nullable String webhook) {
    jdbc.sql(
            "INSERT INTO bloodbank_subscription (id, pattern, queue, url, webhook_id, created_at)"
                + " VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP)")
        .param(id)
        .param(pattern)
        .param(queue)
        .param(url)
        .param(webhook)
        .update();
  }

  Optional<Subscription> find(String id) {
    return jdbc.sql(SELECT + "WHERE id = ?").param(id).query(ROW).optional();
  }

  /** In the order in which they were added, behind the one with this id. */
  List<Subscription> list(@Nullable String after, int limit) {
    return jdbc.sql(SELECT + "WHERE id > ? ORDER BY id LIMIT ?")
        .param(after == null ? "" : after)
        .param(limit)
        .query(ROW)
        .list();
  }

  List<Subscription> all() {
    return jdbc.sql(SELECT + "ORDER BY id").query(ROW).list();
  }

  @Override
  public Optional<String> removalOf(String webhook) {
    return jdbc.sql("SELECT id FROM bloodbank_subscription WHERE webhook_id = ?")
        .param(webhook)
        .query(String.class)
        .optional()
        .map(id -> "DELETE /bloodbank/subscriptions/" + id);
  }

  void remove(String id) {
    jdbc.sql("DELETE FROM bloodbank_subscription WHERE id = ?").param(id).update();
  }
}
