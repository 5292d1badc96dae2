package dev.serai.conduit;

import dev.serai.conduit.ProviderChange.Age;
import dev.serai.conduit.ProviderChange.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
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

  private record State(Age age, boolean deleted, Age capabilities) {}

  /**
   * Takes how a provider is to be reached, unless a later event has come already, or it was deleted
   * and there is no telling which is the later one. A deletion wins over an update of the same age.
   *
   * @throws dev.serai.delivery.PoisonMessageException if it cannot be about a provider
   */
  public void update(Exchange exchange) {
    take(
        exchange,
        Kind.UPDATE,
        (change, now) -> {
          OptionalInt later = change.age().compareTo(now.age());
          if (now.deleted() ? later.orElse(-1) > 0 : later.orElse(0) >= 0) {
            jdbc.sql(
                    "UPDATE conduit_provider SET version = ?, changed_at = ?, deleted = FALSE,"
                        + " details = ?, has_credentials = has_credentials OR ? WHERE id = ?")
                .param(change.age().version())
                .param(at(change.age().time() == null ? now.age().time() : change.age().time()))
                .param(change.details().toString())
                .param(change.hasCredentials())
                .param(change.provider())
                .update();
          }
        });
  }

  /**
   * Takes that a provider is gone, unless a later event has come already. What is older does not
   * count any more, capabilities included.
   *
   * @throws dev.serai.delivery.PoisonMessageException if it cannot be about a provider
   */
  public void delete(Exchange exchange) {
    take(
        exchange,
        Kind.DELETE,
        (change, now) -> {
          if (change.age().compareTo(now.age()).orElse(0) >= 0) {
            jdbc.sql(
                    "UPDATE conduit_provider SET version = ?, changed_at = ?, deleted = TRUE,"
                        + " details = NULL, has_credentials = FALSE, capabilities = NULL,"
                        + " capabilities_version = ?, capabilities_at = ? WHERE id = ?")
                .param(change.age().version())
                .param(at(change.age().time()))
                .param(change.age().version())
                .param(at(change.age().time()))
                .param(change.provider())
                .update();
          }
        });
  }

  /**
   * Takes what the models of a provider can do, unless a later event has come already, or it is
   * gone.
   *
   * @throws dev.serai.delivery.PoisonMessageException if it cannot be about a provider
   */
  public void capabilities(Exchange exchange) {
    take(
        exchange,
        Kind.CAPABILITIES,
        (change, now) -> {
          Age known = now.capabilities();
          if (!now.deleted() && change.age().compareTo(known).orElse(0) >= 0) {
            jdbc.sql(
                    "UPDATE conduit_provider SET capabilities = ?, capabilities_version = ?,"
                        + " capabilities_at = ? WHERE id = ?")
                .param(String.valueOf(change.capabilities()))
                .param(change.age().version())
                .param(at(change.age().time() == null ? known.time() : change.age().time()))
                .param(change.provider())
                .update();
          }
        });
  }

  private void take(Exchange exchange, Kind kind, BiConsumer<ProviderChange, State> change) {
    ProviderChange wanted = ProviderChange.of(EventBody.of(exchange), kind);
    transactions.executeWithoutResult(
        status -> {
          jdbc.sql(
                  "INSERT INTO conduit_provider (id, deleted, has_credentials)"
                      + " VALUES (?, FALSE, FALSE) ON CONFLICT DO NOTHING")
              .param(wanted.provider())
              .update();
          change.accept(
              wanted, jdbc.sql(ROW).param(wanted.provider()).query(ProviderStates::state).single());
        });
  }

  private static State state(ResultSet row, int index) throws SQLException {
    return new State(
        new Age(row.getObject("version", Long.class), time(row, "changed_at")),
        row.getBoolean("deleted"),
        new Age(row.getObject("capabilities_version", Long.class), time(row, "capabilities_at")));
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
