package dev.serai.idempotence;

import dev.serai.idempotence.Leases.Held;
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
  public Claim claim(String id, String owner, Duration lease) {
    if (added(id, false, owner, lease) || takenOver(id, owner, lease)) {
      return Claim.GIVEN;
    }
    return isDone(id) ? Claim.DONE : Claim.HELD;
  }

  private boolean added(String id, boolean done, String owner, Duration time) {
    return jdbc.update(
            "INSERT INTO idempotence_key (id, done, owner, until) VALUES (?, ?, ?, "
                + LATER
                + ") ON CONFLICT DO NOTHING",
            id,
            done,
            owner,
            time.toMillis())
        == 1;
  }

  private boolean takenOver(String id, String owner, Duration lease) {
    return jdbc.update(
            "UPDATE idempotence_key SET done = FALSE, owner = ?, until = "
                + LATER
                + " WHERE id = ? AND until <= CURRENT_TIMESTAMP",
            owner,
            lease.toMillis(),
            id)
        == 1;
  }

  @Override
  public void renew(List<Held> keys, Duration lease) {
    jdbc.update(
        "UPDATE idempotence_key SET until = "
            + LATER
            + " WHERE id = ANY(?) AND owner = ANY(?) AND NOT done",
        lease.toMillis(),
        keys.stream().map(Held::id).toArray(String[]::new),
        keys.stream().map(Held::owner).toArray(String[]::new));
  }

  @Override
  public boolean done(String id, String owner, Duration window) {
    return jdbc.update(
                "UPDATE idempotence_key SET done = TRUE, until = "
                    + LATER
                    + " WHERE id = ? AND owner = ?",
                window.toMillis(),
                id,
                owner)
            == 1
        || added(id, true, owner, window); // the lease is over, and nobody has taken it
  }

  @Override
  public void release(String id, String owner) {
    jdbc.update("DELETE FROM idempotence_key WHERE id = ? AND owner = ? AND NOT done", id, owner);
  }

  @Override
  public void clear() {
    jdbc.update("DELETE FROM idempotence_key");
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
   * @return whether more may be left
   */
  public boolean forget(int most) {
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
    return old.length >= most;
  }
}
