package dev.serai.store;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions on H2 whose commit returns once the data is on the disk.
 *
 * <p>H2 itself leaves that to the operating system, and what a queue has acknowledged must not be
 * lost with the power.
 */
class SyncedCommits extends JdbcTransactionManager {
  private static final long serialVersionUID = 1L;

  SyncedCommits(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    super.doCommit(status);
    if (!status.isReadOnly()) {
      sync();
    }
  }

  private void sync() {
    ConnectionHolder holder =
        (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
    if (holder == null) {
      return;
    }
    try (Statement statement = holder.getConnection().createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    } catch (SQLException e) {
      throw translateException("sync to disk", e);
    }
  }
}
