package dev.serai.idempotence;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of keys as long as their routes work, those of one store together, on a thread
 * of its own. Thread-safe.
 */
final class Leases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
  private static final int PER_LEASE = 3;

  private final Duration lease;
  private final Set<Held> held = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clock;

  /** A key that a route works on. */
  record Held(KeyStore store, String id, String owner) {}

  /**
   * Begins to renew.
   *
   * @param lease time for which a key is held; each is renewed three times in it
   */
  Leases(Duration lease) {
    this.lease = lease;
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "serai-once");
              thread.setDaemon(true);
              return thread;
            });
    long pause = Math.max(1, lease.toMillis() / PER_LEASE);
    clock.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** Keeps one until it is left. */
  void keep(Held key) {
    held.add(key);
  }

  /** Its route has ended. */
  void leave(Held key) {
    held.remove(key);
  }

  private void renew() {
    held.stream().collect(groupingBy(Held::store)).forEach(this::renew);
  }

  private void renew(KeyStore store, List<Held> keys) {
    try {
      store.renew(keys, lease);
    } catch (RuntimeException e) { // of any driver: the next turn must come
      LOG.warn(
          "{} leases of idempotence keys were not renewed; they are soon again", keys.size(), e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
