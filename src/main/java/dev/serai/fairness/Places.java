package dev.serai.fairness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the store says about the places of a type: who has them, and who had them lately. To be
 * asked while the line of the type is locked.
 */
final class Places {
  /** Time after which a turn counts half. */
  private static final Duration HALF_LIFE = Duration.ofMinutes(1);

  /** Who waits in a line of {@code LinedTasks} is not before anybody in the queue. */
  private static final String TURNS =
      ", COUNT(*) AS number, MAX(CASE WHEN waits_in = 'line' THEN -1"
          + " ELSE COALESCE(sent_priority, priority) END)";

  private final JdbcClient jdbc;
  private final Duration retryWait;

  /**
   * On the state's database.
   *
   * @param retryWait for which a task that failed is not in the queue
   */
  Places(JdbcClient jdbc, Duration retryWait) {
    this.jdbc = jdbc;
    this.retryWait = retryWait;
  }

  /** Makes others who look at this line wait until the transaction is over. */
  void lock(String type) {
    jdbc.sql("SELECT type FROM task_line WHERE type = ? FOR UPDATE")
        .param(type)
        .query(String.class)
        .single();
  }

  /** Makes sure that there is a row to lock. */
  void know(String type) {
    jdbc.sql("INSERT INTO task_line (type) VALUES (?) ON CONFLICT DO NOTHING").param(type).update();
  }

  InFlight inFlight(String type) {
    InFlight inFlight = new InFlight();
    jdbc.sql(
            "SELECT tenant, TRUE AS in_work"
                + TURNS
                + " AS highest FROM task WHERE type = ? AND state = 'running' GROUP BY tenant"
                + " UNION ALL SELECT tenant, FALSE AS in_work"
                + TURNS
                + " AS highest FROM task WHERE type = ? AND (waits_in = 'line' OR waits_in = 'queue'"
                + " AND (token = 0 OR line IS NOT NULL OR published_at <= CURRENT_TIMESTAMP"
                + " - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND)) GROUP BY tenant")
        .param(type)
        .param(type)
        .param(retryWait.toMillis())
        .query(
            row -> {
              inFlight.add(
                  row.getString("tenant"),
                  row.getBoolean("in_work"),
                  row.getInt("number"),
                  row.getInt("highest"));
            });
    return inFlight;
  }

  /** Turns of each tenant, faded to now. */
  Map<String, Double> used(String type) {
    Map<String, Double> used = new HashMap<>();
    jdbc.sql(
            "SELECT tenant, used, EXTRACT(EPOCH FROM (CURRENT_TIMESTAMP - used_at)) AS age"
                + " FROM task_tenant WHERE type = ?")
        .param(type)
        .query(
            row -> {
              double halves = Math.max(0, row.getDouble("age")) / HALF_LIFE.toSeconds();
              used.put(row.getString("tenant"), row.getDouble("used") * Math.pow(0.5, halves));
            });
    return used;
  }

  /** Writes down what tenants have used, as of now. */
  void charge(String type, Set<String> tenants, Shares shares) {
    for (String tenant : tenants) {
      jdbc.sql(
              "UPDATE task_tenant SET used = ?, used_at = CURRENT_TIMESTAMP"
                  + " WHERE type = ? AND tenant = ?")
          .param(shares.used(tenant))
          .param(type)
          .param(tenant)
          .update();
    }
  }

  /**
   * Gives a task its turn: from now on its message may be published.
   *
   * @return whether it was still in the line
   */
  boolean take(Head head) {
    return jdbc.sql(
                "UPDATE task SET waits_in = 'queue', sent_priority = ?, confirmed = FALSE,"
                    + " published_at = CURRENT_TIMESTAMP"
                    + " WHERE id = ? AND waits_in = 'store'")
            .param(head.priority())
            .param(head.id())
            .update()
        == 1;
  }
}
