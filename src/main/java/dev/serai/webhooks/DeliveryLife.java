package dev.serai.webhooks;

import dev.serai.store.SharedTurns;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts what makes deliveries before the routes, and stops it after them. */
@Component("webhookDeliveryLife")
class DeliveryLife implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLife.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Deliverer deliverer;
  private final Deliveries deliveries;
  private final ResultWriter results;
  private final SharedTurns database;
  private final Renewals renewals;
  private @Nullable Thread writer;

  DeliveryLife(
      Deliverer deliverer,
      Deliveries deliveries,
      ResultWriter results,
      SharedTurns database,
      Renewals renewals) {
    this.deliverer = deliverer;
    this.deliveries = deliveries;
    this.results = results;
    this.database = database;
    this.renewals = renewals;
  }

  @Override
  public void start() {
    if (!database.shared()) { // whoever held any was this process, and has died
      deliveries.freeAll();
    }
    Thread thread = new Daemons("webhook-results").newThread(() -> results.run(deliverer::written));
    thread.start();
    renewals.start();
    writer = thread;
  }

  @Override
  public void stop() {
    renewals.stop();
    deliverer.stop(PATIENCE);
    Thread thread = writer;
    writer = null;
    if (thread != null) {
      results.stop();
      try {
        thread.join(TimeUnit.SECONDS.toMillis(2));
      } catch (InterruptedException e) {
        LOG.debug("The process ends", e);
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return writer != null;
  }

  /** Starts before and stops after the routes, whose phase is higher. */
  @Override
  public int getPhase() {
    return 0;
  }
}
