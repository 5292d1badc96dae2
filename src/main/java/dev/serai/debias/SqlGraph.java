package dev.serai.debias;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The graph in the state's own database. Bean {@code debiasSqlGraph}; thread-safe. */
@Component("debiasSqlGraph")
public class SqlGraph {
  private final JdbcTemplate batches;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  SqlGraph(JdbcTemplate batches, JdbcClient jdbc, TransactionTemplate transactions) {
    this.batches = batches;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Stores all events in one transaction. An event whose id is there already changes nothing.
   *
   * @throws org.springframework.dao.DataAccessException if none of them was stored
   */
  public void store(List<UserEvent> events) {
    transactions.executeWithoutResult(
        status -> {
          // Always in the order of their keys, so that two workers cannot wait for each other.
          insertKeys(
              "INSERT INTO debias_user (user_id) VALUES (?) ON CONFLICT DO NOTHING",
              new TreeSet<>(events.stream().map(UserEvent::userId).toList()));
          insertKeys(
              "INSERT INTO debias_product (product_id) VALUES (?) ON CONFLICT DO NOTHING",
              new TreeSet<>(events.stream().map(UserEvent::productId).toList()));
          batches.batchUpdate(
              "INSERT INTO debias_interaction"
                  + " (event_id, user_id, product_id, event_type, user_session, occurred_at)"
                  + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
              events.stream()
                  .sorted(Comparator.comparing(UserEvent::eventId))
                  .map(SqlGraph::row)
                  .toList());
        });
  }

  /**
   * A user's interactions.
   *
   * @param limit how many at most
   * @return newest first; empty when the user is unknown
   */
  public List<UserEvent> interactions(long userId, int limit) {
    return jdbc.sql(
            "SELECT event_id, user_id, product_id, event_type, user_session, occurred_at"
                + " FROM debias_interaction WHERE user_id = ?"
                + " ORDER BY occurred_at DESC, event_id DESC LIMIT ?")
        .param(userId)
        .param(limit)
        .query(SqlGraph::event)
        .list();
  }

  private void insertKeys(String sql, Collection<Long> keys) {
    batches.batchUpdate(sql, keys.stream().map(key -> new Object[] {key}).toList());
  }

  private static Object[] row(UserEvent event) {
    return new Object[] {
      event.eventId(),
      event.userId(),
      event.productId(),
      event.eventType(),
      event.userSession(),
      event.time().atOffset(ZoneOffset.UTC)
    };
  }

  private static UserEvent event(ResultSet row, int index) throws SQLException {
    return new UserEvent(
        row.getString("event_id"),
        row.getLong("user_id"),
        row.getLong("product_id"),
        row.getString("event_type"),
        row.getString("user_session"),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant());
  }
}
