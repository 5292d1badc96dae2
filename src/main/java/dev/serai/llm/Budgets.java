package dev.serai.llm;

import dev.serai.store.SharedTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What all processes on one database ask of each provider: every request of the last minute, so
 * that the limits hold in any minute, not only from one full minute to the next. Thread-safe.
 */
class Budgets {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final boolean shared;
  private final Duration window;
  private final Duration lease;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /**
   * On the state's database.
   *
   * @param window in which requests and tokens are counted
   * @param lease for which a request counts as running when its process is not heard of
   */
  Budgets(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      SharedTurns turns,
      Duration window,
      Duration lease) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.shared = turns.shared();
    this.window = window;
    this.lease = lease;
  }

  /**
   * Takes what one request needs, if all limits allow it now.
   *
   * @return empty when one does not, or the provider wants to be left alone
   */
  Optional<Reservation> reserve(Provider provider, long tokens) {
    know(provider.name());
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              if (!lock(provider.name())) {
                return Optional.empty();
              }
              Instant now = now();
              forget(provider.name(), now);
              return used(provider.name(), now).allows(provider.limits(), tokens)
                  ? Optional.of(enter(provider.name(), tokens, now))
                  : Optional.empty();
            }));
  }

  /** What is taken of a provider's limits now; empty while it wants to be left alone. */
  Optional<UsedBudget> used(String provider) {
    return isClosed(provider, "") ? Optional.empty() : Optional.of(used(provider, now()));
  }

  private void know(String provider) {
    if (!known.contains(provider)) {
      jdbc.sql("INSERT INTO llm_provider (name) VALUES (?) ON CONFLICT DO NOTHING")
          .param(provider)
          .update();
      known.add(provider);
    }
  }

  /** Makes the others wait; returns whether the provider may be asked. */
  private boolean lock(String provider) {
    return !isClosed(provider, " FOR UPDATE");
  }

  private boolean isClosed(String provider, String clause) {
    Optional<Optional<OffsetDateTime>> closed =
        jdbc.sql("SELECT closed_until FROM llm_provider WHERE name = ?" + clause)
            .param(provider)
            .query((row, index) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
            .optional();
    return closed
        .flatMap(until -> until)
        .filter(until -> until.toInstant().isAfter(now()))
        .isPresent();
  }

  /**
   * The time of those who share the database. Not that of the transaction, which may have waited
   * for its turn since.
   */
  private Instant now() {
    Instant now =
        shared
            ? jdbc.sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single().toInstant()
            : Instant.now();
    return now.truncatedTo(ChronoUnit.MILLIS);
  }

  private void forget(String provider, Instant now) {
    jdbc.sql(
            "DELETE FROM llm_reservation WHERE provider = ? AND started_at <= ?"
                + " AND NOT (held AND lease_until > ?)")
        .param(provider)
        .param(utc(now.minus(window)))
        .param(utc(now))
        .update();
  }

  private UsedBudget used(String provider, Instant now) {
    return UsedBudget.of(provider, utc(now.minus(window)), utc(now), jdbc);
  }

  private Reservation enter(String provider, long tokens, Instant now) {
    Reservation reservation = new Reservation(UUID.randomUUID().toString(), provider, tokens);
    jdbc.sql(
            "INSERT INTO llm_reservation (id, provider, tokens, held, started_at, lease_until)"
                + " VALUES (?, ?, ?, TRUE, ?, ?)")
        .param(reservation.id())
        .param(provider)
        .param(tokens)
        .param(utc(now))
        .param(utc(now.plus(lease)))
        .update();
    return reservation;
  }

  Duration lease() {
    return lease;
  }

  /** Says that the request still runs. */
  void renew(Reservation reservation) {
    jdbc.sql("UPDATE llm_reservation SET lease_until = ? WHERE id = ? AND held")
        .param(utc(now().plus(lease)))
        .param(reservation.id())
        .update();
  }

  /**
   * Ends a request that was sent, with the tokens that it had; only the first time. Those beyond
   * its reservation count from now on, because a minute may have passed since it began.
   */
  void settle(Reservation reservation, long tokens) {
    transactions.executeWithoutResult(
        status -> {
          int ended =
              jdbc.sql("UPDATE llm_reservation SET held = FALSE, tokens = ? WHERE id = ? AND held")
                  .param(Math.min(tokens, reservation.tokens()))
                  .param(reservation.id())
                  .update();
          if (ended == 1 && tokens > reservation.tokens()) {
            book(reservation.provider(), tokens - reservation.tokens());
          }
        });
  }

  private void book(String provider, long tokens) {
    Instant now = now();
    jdbc.sql(
            "INSERT INTO llm_reservation"
                + " (id, provider, tokens, requests, held, started_at, lease_until)"
                + " VALUES (?, ?, ?, 0, FALSE, ?, ?)")
        .param(UUID.randomUUID().toString())
        .param(provider)
        .param(tokens)
        .param(utc(now))
        .param(utc(now))
        .update();
  }

  /** Gives back everything: the request was never sent. */
  void release(Reservation reservation) {
    jdbc.sql("DELETE FROM llm_reservation WHERE id = ? AND held").param(reservation.id()).update();
  }

  /** Lets nobody ask a provider for a while; a longer while that was asked for before stays. */
  void close(String provider, Duration pause) {
    know(provider);
    jdbc.sql(
            "UPDATE llm_provider SET closed_until = ? WHERE name = ?"
                + " AND (closed_until IS NULL OR closed_until < ?)")
        .param(utc(now().plus(pause)))
        .param(provider)
        .param(utc(now().plus(pause)))
        .update();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
