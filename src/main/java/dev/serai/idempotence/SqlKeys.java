package dev.serai.idempotence;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keys in the state's database, by its clock. Bean {@code idempotenceKeys}. */
@Component("idempotenceKeys")
public class SqlKeys implements KeyStore {
  private static final String LATER =
      "CURRENT_TIMESTAMP + CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

  private final JdbcTemplate jdbc;

  SqlKeys(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Claim claim(String id, Duration lease) {
    int added =
        jdbc.update(
            "INSERT INTO idempotence_key (id, done, until) VALUES (?, FALSE, "
                + LATER
                + ") ON CONFLICT DO NOTHING",
            id,
            lease.toMillis());
    if (added == 1 || takenOver(id, lease)) {
      return Claim.GIVEN;
    }
    return isDone(id) ? Claim.DONE : Claim.HELD;
  }

  private boolean takenOver(String id, Duration lease) {
    return jdbc.update(
            "UPDATE idempotence_key SET done = FALSE, until = "
                + LATER
                + " WHERE id = ? AND until <= CURRENT_TIMESTAMP",
            lease.toMillis(),
            id)
        == 1;
  }

  @Override
  public void done(String id, Duration window) {
    jdbc.update(
        "UPDATE idempotence_key SET done = TRUE, until = " + LATER + " WHERE id = ?",
        window.toMillis(),
        id);
  }

  @Override
  public void release(String id) {
    jdbc.update("DELETE FROM idempotence_key WHERE id = ? AND NOT done", id);
  }

  @Override
  public boolean isDone(String id) {
    List<Boolean> done =
        jdbc.queryForList(
            "SELECT done FROM idempotence_key WHERE id = ? AND until > CURRENT_TIMESTAMP",
            Boolean.class,
            id);
    return done.contains(true);
  }

  /**
   * Deletes keys whose window is over.
   *
   * @param most of them, so that no transaction is large
   * @return how many
   */
  public int forget(int most) {
    String[] old =
        jdbc.queryForList(
                "SELECT id FROM idempotence_key WHERE until < CURRENT_TIMESTAMP"
                    + " ORDER BY until, id LIMIT ?",
                String.class,
                most)
            .toArray(String[]::new);
    if (old.length > 0) {
      jdbc.update(
          "DELETE FROM idempotence_key WHERE id = ANY(?) AND until < CURRENT_TIMESTAMP",
          (Object) old);
    }
    return old.length;
  }
}
