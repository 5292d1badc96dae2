package dev.serai.idempotence;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Renews the leases of keys as long as their routes work, on a thread of its own. Thread-safe. */
final class Leases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
  private static final int PER_LEASE = 3;

  private final ScheduledThreadPoolExecutor clock;

  Leases() {
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "serai-once");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * Keeps one.
   *
   * @param renew says whether it is ours still
   * @return to be cancelled when the route has ended
   */
  Future<?> keep(Duration lease, BooleanSupplier renew) {
    long pause = lease.toMillis() / PER_LEASE + 1;
    try {
      return clock.scheduleWithFixedDelay(
          () -> renewed(renew), pause, pause, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Serai stops; the lease is long enough for what is left", e);
      return java.util.concurrent.CompletableFuture.completedFuture(null);
    }
  }

  private static void renewed(BooleanSupplier renew) {
    try {
      if (!renew.getAsBoolean()) {
        LOG.debug("A lease was over before it could be renewed");
      }
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("A lease could not be renewed; it is tried again", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
