package dev.serai.tasks;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How long workers hold their tasks, by the clock of the database. Thread-safe. */
@Component
@EnableConfigurationProperties(TaskSettings.class)
class Leases {
  /** Added to the time of the database; the parameter is a number of milliseconds. */
  static final String MILLIS = "CAST(? AS INTEGER) * INTERVAL '0.001' SECOND";

  /** A task in work that no worker holds, because it waits for others. */
  static final String RESTING = "(state = 'running' AND lease_until IS NULL)";

  /** How often workers have begun a task because it was new, had failed, or they had died. */
  static final String STARTS =
      "(token - (SELECT COUNT(*) FROM task_attempt WHERE task_id = task.id AND outcome = 'rested'))";

  private final JdbcClient jdbc;
  private final TaskSettings settings;

  Leases(JdbcClient jdbc, TaskSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  Duration length() {
    return settings.lease();
  }

  Duration renewal() {
    return settings.renewal();
  }

  int mostStarts() {
    return settings.mostStarts();
  }

  /**
   * Holds a task for another lease.
   *
   * @return why its worker has to stop; empty when it may go on
   */
  Optional<Stop> renew(Claim claim) {
    int renewed =
        jdbc.sql(
                "UPDATE task SET lease_until = CURRENT_TIMESTAMP + "
                    + MILLIS
                    + " WHERE id = ? AND token = ? AND state = 'running' AND NOT cancel_asked"
                    + " AND (deadline IS NULL OR deadline > CURRENT_TIMESTAMP)")
            .param(settings.lease().toMillis())
            .param(claim.id())
            .param(claim.token())
            .update();
    return renewed == 1 ? Optional.empty() : Optional.of(reason(claim));
  }

  private Stop reason(Claim claim) {
    return jdbc.sql(
            "SELECT CASE WHEN cancel_asked THEN 'CANCELLED' ELSE 'EXPIRED' END FROM task"
                + " WHERE id = ? AND token = ? AND state = 'running'")
        .param(claim.id())
        .param(claim.token())
        .query(String.class)
        .optional()
        .map(Stop::valueOf)
        .orElse(Stop.LOST);
  }
}
