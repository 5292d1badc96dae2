package dev.serai.tasks;

import dev.serai.store.SharedTurns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** How long workers hold their tasks, by the clock of the database. Thread-safe. */
@Component
@EnableConfigurationProperties(TaskSettings.class)
class Leases {
  /** Added to the time of the database; the parameter is a number of milliseconds. */
  static final String MILLIS = "CAST(? AS INTEGER) * INTERVAL '0.001' SECOND";

  /** A task in work that no worker holds, because it waits for others. */
  static final String RESTING = "(state = 'running' AND lease_until IS NULL)";

  /**
   * How often workers have begun a task because it was new, had failed, or they had died, and not
   * only to wait in a line; since it rested for the last time, since its next step is another piece
   * of work.
   */
  static final String STARTS =
      "(SELECT COUNT(*) FROM task_attempt WHERE task_id = task.id AND outcome <> 'waited'"
          + " AND number > COALESCE((SELECT MAX(number) FROM task_attempt WHERE task_id = task.id"
          + " AND outcome = 'rested'), 0))";

  /** A task that a worker holds; what rests has no lease that could be renewed. */
  private static final String HELD = "state = 'running' AND lease_until IS NOT NULL AND ";

  private static final int MOST_AT_ONCE = 500;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final TaskSettings settings;

  /** Of PostgreSQL, one that a stream does not hold while it notes a piece; H2 has none such. */
  private final String lock;

  private final StoreSight sight;

  Leases(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      TaskSettings settings,
      SharedTurns database) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.settings = settings;
    sight = new StoreSight(settings::lease, System::nanoTime);
    lock = " FOR %s SKIP LOCKED".formatted(database.shared() ? "NO KEY UPDATE" : "UPDATE");
  }

  Duration length() {
    return settings.lease();
  }

  Duration renewal() {
    return settings.renewal();
  }

  /** Times that a task is begun, for each replay again, before its failures are no accident. */
  int mostTries() {
    return 1 + mostRetries() + mostStarts();
  }

  /** Attempts after the first one. */
  int mostRetries() {
    return settings.retry().attempts();
  }

  int mostStarts() {
    return settings.mostStarts();
  }

  /** Whether a worker whose lease has ended must be dead, and not only cut off from the store. */
  boolean areTelling() {
    return sight.isSteady();
  }

  /**
   * Holds tasks for another lease, all with the same few statements. What somebody else changes at
   * the moment is left out, so that nobody waits for a lock. Without claims, only looks whether the
   * store answers.
   *
   * @return what has become of each, in the order of the claims
   */
  List<Renewal> renew(List<Claim> claims) {
    sight.asks();
    boolean answered = false;
    try {
      List<Renewal> renewals = renewAll(claims);
      answered = true;
      return renewals;
    } finally {
      if (answered) {
        sight.answered();
      } else {
        sight.failed();
      }
    }
  }

  private List<Renewal> renewAll(List<Claim> claims) {
    if (claims.isEmpty()) {
      jdbc.sql("SELECT 1").query(Integer.class).single();
    }
    List<Renewal> renewals = new ArrayList<>(claims.size());
    for (int from = 0; from < claims.size(); from += MOST_AT_ONCE) {
      List<Claim> some = claims.subList(from, Math.min(claims.size(), from + MOST_AT_ONCE));
      renewals.addAll(Objects.requireNonNull(transactions.execute(status -> renewSome(some))));
    }
    return renewals;
  }

  private List<Renewal> renewSome(List<Claim> claims) {
    Map<Key, Renewal> found = states(claims, lock);
    List<Claim> good =
        claims.stream().filter(claim -> found.get(Key.of(claim)) == Renewal.RENEWED).toList();
    if (!good.isEmpty()) {
      String until = "UPDATE task SET lease_until = CURRENT_TIMESTAMP + " + MILLIS + " WHERE ";
      jdbc.sql(until + HELD + in(good))
          .param(settings.lease().toMillis())
          .params(keys(good))
          .update();
    }
    List<Claim> absent =
        claims.stream().filter(claim -> !found.containsKey(Key.of(claim))).toList();
    if (!absent.isEmpty()) {
      states(absent, "").keySet().forEach(key -> found.put(key, Renewal.IN_USE));
    }
    return claims.stream().map(claim -> found.getOrDefault(Key.of(claim), Renewal.LOST)).toList();
  }

  private record Key(String id, long token) {
    static Key of(Claim claim) {
      return new Key(claim.id(), claim.token());
    }
  }

  private Map<Key, Renewal> states(List<Claim> claims, String clause) {
    Map<Key, Renewal> states = new HashMap<>();
    jdbc.sql(
            "SELECT id, token, CASE WHEN cancel_asked THEN 'CANCELLED'"
                + " WHEN deadline <= CURRENT_TIMESTAMP THEN 'EXPIRED' ELSE 'RENEWED' END"
                + " FROM task WHERE "
                + HELD
                + in(claims)
                + clause)
        .params(keys(claims))
        .query(
            row -> {
              states.put(
                  new Key(row.getString(1), row.getLong(2)), Renewal.valueOf(row.getString(3)));
            });
    return states;
  }

  private static String in(List<Claim> claims) {
    return "(id, token) IN ("
        + String.join(", ", Collections.nCopies(claims.size(), "(?, ?)"))
        + ")";
  }

  private static List<Object> keys(List<Claim> claims) {
    return claims.stream()
        .<Object>mapMulti(
            (claim, keys) -> {
              keys.accept(claim.id());
              keys.accept(claim.token());
            })
        .toList();
  }
}
