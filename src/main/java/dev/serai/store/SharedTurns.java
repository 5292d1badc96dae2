package dev.serai.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Turns of processes that share the state's PostgreSQL; each number is one process's at a time.
 * With the state in H2 there is no other process, and nothing to wait for. Thread-safe.
 *
 * <p>A turn is a transaction with advisory locks: it ends with its process, also when that is
 * killed, and takes one of the pool's connections while it lasts.
 */
public class SharedTurns {
  private final DataSource database;
  private final boolean shared;

  SharedTurns(DataSource database, StoreLocation location) {
    this.database = database;
    this.shared = !location.ownedByThisProcess();
  }

  /** Whether there can be other processes that take these turns. */
  public boolean shared() {
    return shared;
  }

  /** A turn that is held until it is closed, by any thread. */
  @FunctionalInterface
  public interface Turn extends AutoCloseable {
    /**
     * Gives it back.
     *
     * @throws DataAccessResourceFailureException if the connection was lost, so that another
     *     process may have had it meanwhile
     */
    @Override
    void close();
  }

  /**
   * Waits for the turn of all of these numbers.
   *
   * @param kind what the numbers are about; other kinds do not wait for them
   * @param numbers in ascending order, so that two who want several cannot wait for each other
   * @throws DataAccessResourceFailureException if the database is away, or the turn did not come in
   *     time
   */
  public Turn begin(int kind, List<Integer> numbers, Duration longestWait) {
    if (!shared) {
      return () -> {};
    }
    try {
      Connection connection = database.getConnection();
      try {
        lock(connection, kind, numbers, longestWait);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return () -> end(connection);
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException(
          "The state's database gave no turn: " + e.getMessage(), e);
    }
  }

  private static void lock(
      Connection connection, int kind, List<Integer> numbers, Duration longestWait)
      throws SQLException {
    connection.setAutoCommit(false);
    int usual = connection.getNetworkTimeout(); // ms
    if (usual > 0) { // each number may take the whole wait
      connection.setNetworkTimeout(Runnable::run, usual + Math.toIntExact(longestWait.toMillis()));
    }
    try (Statement patience = connection.createStatement()) {
      patience.execute("SET LOCAL lock_timeout = " + longestWait.toMillis());
    }
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(?, ?)")) {
      for (int number : numbers) {
        lock.setInt(1, kind);
        lock.setInt(2, number);
        lock.execute();
      }
    }
    connection.setNetworkTimeout(Runnable::run, usual);
  }

  private static void end(Connection connection) {
    try (connection) {
      connection.commit();
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException(
          "The state's database was lost during a turn: " + e.getMessage(), e);
    }
  }
}
