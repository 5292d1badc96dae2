package dev.serai.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Renews the leases of what this process holds for long, so that nobody else makes it, too, while
 * the process lives. On a thread of its own. Thread-safe.
 */
@Component("webhookRenewals")
class Renewals {
  private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

  /** Of a lease: it is renewed when it has passed once, and two may be missed. */
  private static final int PARTS = 4;

  private final Leases leases;
  private final Deliveries deliveries;
  private final Duration lease;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(new Daemons("webhook-leases"));

  @Autowired
  Renewals(Leases leases, Deliveries deliveries, WebhookSettings settings) {
    this(leases, deliveries, settings.lease());
  }

  Renewals(Leases leases, Deliveries deliveries, Duration lease) {
    this.leases = leases;
    this.deliveries = deliveries;
    this.lease = lease;
  }

  void start() {
    long part = lease.toNanos() / PARTS;
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(this::renew, part, part, TimeUnit.NANOSECONDS);
  }

  /** Renews those of which a part has passed; each look is one part after the one before. */
  void renew() {
    long now = System.nanoTime();
    List<Held> old = leases.ending(lease.toNanos() - lease.toNanos() / PARTS, now);
    if (old.isEmpty()) {
      return;
    }
    try {
      long end = System.nanoTime() + lease.toNanos();
      deliveries.renew(old, lease).forEach(delivery -> delivery.lease().renew(end));
    } catch (RuntimeException e) { // the next look tries again
      LOG.warn("webhook-leases-not-renewed: {}: {}", old.size(), e.getMessage());
    }
  }

  /** Lets one that is under way end: H2 does not survive an interruption. */
  void stop() {
    clock.shutdown();
  }
}
