package dev.serai.conduit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The latest state of each provider, whatever the order in which its events come; credentials are
 * not kept. Bean {@code conduitProviders}; thread-safe.
 */
@Component("conduitProviders")
public class ProviderStates {
  private static final String ROW =
      "SELECT version, changed_at, deleted, capabilities_version, capabilities_at"
          + " FROM conduit_provider WHERE id = ? FOR UPDATE";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  ProviderStates(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  private record State(
      @Nullable Long version,
      Instant changed,
      boolean deleted,
      @Nullable Long capabilitiesVersion,
      Instant capabilitiesChanged) {}

  /**
   * Takes an event about a provider, unless a later one has come already.
   *
   * @throws dev.serai.delivery.PoisonMessageException if it cannot be about a provider
   */
  public void take(Exchange exchange) {
    EventBody event = EventBody.of(exchange);
    ProviderChange change = ProviderChange.of(event);
    transactions.executeWithoutResult(
        status -> {
          jdbc.sql(
                  "INSERT INTO conduit_provider (id, deleted, has_credentials)"
                      + " VALUES (?, FALSE, FALSE) ON CONFLICT DO NOTHING")
              .param(change.provider())
              .update();
          State now = jdbc.sql(ROW).param(change.provider()).query(ProviderStates::state).single();
          switch (event.type()) {
            case "provider.updated" -> update(change, now);
            case "provider.deleted" -> delete(change, now);
            case "provider.capabilities" -> capabilities(change, now);
            default -> throw EventBody.bad("#", "is no event of a provider: " + event.type());
          }
        });
  }

  /** A deletion wins over an update of the same age. */
  private void update(ProviderChange change, State now) {
    int later = change.age().compareTo(now.version(), now.changed());
    if (later > 0 || (later == 0 && !now.deleted())) {
      jdbc.sql(
              "UPDATE conduit_provider SET version = ?, changed_at = ?, deleted = FALSE, details = ?,"
                  + " has_credentials = has_credentials OR ? WHERE id = ?")
          .param(change.age().version())
          .param(at(change.age().time()))
          .param(change.details().toString())
          .param(change.hasCredentials())
          .param(change.provider())
          .update();
    }
  }

  private void delete(ProviderChange change, State now) {
    if (change.age().compareTo(now.version(), now.changed()) >= 0) {
      jdbc.sql(
              "UPDATE conduit_provider SET version = ?, changed_at = ?, deleted = TRUE, details = NULL,"
                  + " has_credentials = FALSE, capabilities = NULL WHERE id = ?")
          .param(change.age().version())
          .param(at(change.age().time()))
          .param(change.provider())
          .update();
    }
  }

  private void capabilities(ProviderChange change, State now) {
    boolean later =
        change.age().compareTo(now.capabilitiesVersion(), now.capabilitiesChanged()) >= 0;
    if (later && !now.deleted()) {
      jdbc.sql(
              "UPDATE conduit_provider SET capabilities = ?, capabilities_version = ?,"
                  + " capabilities_at = ? WHERE id = ?")
          .param(String.valueOf(change.capabilities()))
          .param(change.age().version())
          .param(at(change.age().time()))
          .param(change.provider())
          .update();
    }
  }

  private static State state(ResultSet row, int index) throws SQLException {
    return new State(
        row.getObject("version", Long.class),
        time(row, "changed_at"),
        row.getBoolean("deleted"),
        row.getObject("capabilities_version", Long.class),
        time(row, "capabilities_at"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? Instant.MIN : time.toInstant();
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** Those that are not deleted, by their ids; as JSON. */
  public String list() {
    ObjectNode answer = EventBody.JSON.createObjectNode();
    ArrayNode items = answer.putArray("items");
    jdbc.sql(
            "SELECT id, version, changed_at, details, has_credentials, capabilities"
                + " FROM conduit_provider WHERE deleted = FALSE ORDER BY id")
        .query((row, index) -> shown(row))
        .list()
        .forEach(items::add);
    return answer.toString();
  }

  private static ObjectNode shown(ResultSet row) throws SQLException {
    ObjectNode shown = EventBody.JSON.createObjectNode().put("providerId", row.getString("id"));
    try {
      String details = row.getString("details");
      if (details != null) {
        shown.setAll((ObjectNode) EventBody.JSON.readTree(details));
      }
      String capabilities = row.getString("capabilities");
      if (capabilities != null) {
        shown.set("capabilities", EventBody.JSON.readTree(capabilities));
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("what was written is JSON", e);
    }
    shown.put("hasCredentials", row.getBoolean("has_credentials"));
    Long version = row.getObject("version", Long.class);
    if (version != null) {
      shown.put("version", version);
    }
    Instant changed = time(row, "changed_at");
    return changed.equals(Instant.MIN) ? shown : shown.put("changed", changed.toString());
  }
}
