package dev.serai.webhooks;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings deliveries from the store into memory and back, on threads of its own, and knows how much
 * memory their bodies take. Thread-safe.
 */
@Component("webhookStock")
class Stock {
  private static final Logger LOG = LoggerFactory.getLogger(Stock.class);

  private final Deliveries deliveries;
  private final WebhookSettings settings;
  private final Leases leases;
  private final Memory memory;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(2, new Daemons("webhook-stock"));

  Stock(Deliveries deliveries, WebhookSettings settings, Leases leases) {
    this.deliveries = deliveries;
    this.settings = settings;
    this.leases = leases;
    this.memory = new Memory(settings.memory().toBytes());
  }

  /** Keeps room for a body; false when there is none. */
  boolean take(long bytes) {
    return memory.take(bytes);
  }

  /** A body is not in memory any more. */
  void free(long bytes) {
    memory.free(bytes);
  }

  /**
   * Notes a delivery for whose body there is room.
   *
   * @return false when it is in memory already; then the room is free again
   */
  boolean add(Held delivery) {
    boolean fresh = leases.add(delivery, System.nanoTime());
    if (!fresh) {
      memory.free(delivery.body().length);
    }
    return fresh;
  }

  /** Deliveries are not in memory any more. */
  void free(Collection<Held> gone) {
    memory.free(gone);
    leases.remove(gone);
  }

  /**
   * Fetches what a lane has room for.
   *
   * @param then gets the lane when that has come
   */
  void fetch(Lane lane, Consumer<Lane> then) {
    try {
      threads.execute(() -> fetchNow(lane, then));
    } catch (RejectedExecutionException e) {
      LOG.debug("Serai stops", e);
    }
  }

  private void fetchNow(Lane lane, Consumer<Lane> then) {
    List<Held> found = List.of();
    int most = lane.room(System.nanoTime());
    try {
      if (most > 0) {
        Deliveries.Wish wish =
            new Deliveries.Wish(
                lane.entry().endpoint().id(),
                most,
                memory.left(),
                lane.isProbing(),
                settings.lease());
        found = leases.add(deliveries.claim(wish), System.nanoTime());
      }
    } catch (RuntimeException e) { // the store is away; found again at the next look
      LOG.warn("webhooks-not-fetched: {}", e.getMessage());
    }
    memory.add(found);
    giveBack(lane.fetched(found), Duration.ZERO);
    then.accept(lane);
  }

  /**
   * Lets others make deliveries.
   *
   * @param pause until then
   */
  void giveBack(List<Held> idle, Duration pause) {
    if (!idle.isEmpty()) {
      free(idle);
      try {
        threads.execute(() -> giveBackNow(idle, pause));
      } catch (RejectedExecutionException e) {
        giveBackNow(idle, pause);
      }
    }
  }

  /** Not those whose leases are over: somebody else may hold them. */
  private void giveBackNow(List<Held> idle, Duration pause) {
    long now = System.nanoTime();
    List<Held> ours = idle.stream().filter(each -> each.lease().left(now) > 0).toList();
    try {
      deliveries.giveBack(ours, pause);
    } catch (RuntimeException e) { // their leases end
      LOG.warn("webhooks-not-given-back: {} wait longer: {}", idle.size(), e.getMessage());
    }
  }

  /** Begins nothing any more on those threads. */
  void stop(Duration patience) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("the store does not answer");
    }
  }
}
