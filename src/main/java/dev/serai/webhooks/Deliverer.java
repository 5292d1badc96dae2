package dev.serai.webhooks;

import dev.serai.egress.EgressAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the deliveries: fetches what is due when an endpoint has room, calls, and goes on with the
 * next when a call has ended. No thread waits for a receiver. Thread-safe.
 */
@Component("webhookDeliverer")
class Deliverer {
  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

  private final Lanes lanes;
  private final Stock stock;
  private final Calls calls;
  private final ResultWriter results;
  private final WebhookMeters meters;
  private final Underway underway = new Underway();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(new Daemons("webhook-clock"));

  Deliverer(Lanes lanes, Stock stock, Calls calls, ResultWriter results, WebhookMeters meters) {
    this.meters = meters;
    this.lanes = lanes;
    this.stock = stock;
    this.calls = calls;
    this.results = results;
  }

  /** Keeps a place for a delivery that is just being stored; false when it has to wait there. */
  boolean reserve(String endpointId, long bytes) {
    Lane lane = lanes.of(endpointId);
    if (lane == null || underway.isClosed() || !stock.take(bytes)) {
      return false;
    }
    if (lane.reserve(System.nanoTime())) {
      return true;
    }
    stock.free(bytes);
    return false;
  }

  /** The delivery for which a place was kept is not stored. */
  void release(String endpointId, long bytes) {
    stock.free(bytes);
    Lane lane = lanes.of(endpointId);
    if (lane != null) {
      lane.release();
    }
  }

  /** The delivery for which a place was kept is stored. */
  void put(Held delivery) {
    Lane lane = lanes.of(delivery.endpointId());
    if (lane == null) {
      stock.free(delivery.body().length);
    } else if (!stock.add(delivery)) {
      lane.release();
    } else if (lane.put(delivery)) {
      pump(lane);
    } else {
      stock.giveBack(List.of(delivery), Duration.ZERO);
    }
  }

  /** Some wait in the store. */
  void more(String endpointId) {
    Lane lane = lanes.of(endpointId);
    if (lane != null) {
      lane.expect();
      fetch(lane);
    }
  }

  /** Takes over what has changed in the store. */
  void refresh() {
    lanes.refresh(this::pump, this::forget);
  }

  private void forget(String endpointId, List<Held> waiting) {
    stock.free(waiting);
    meters.forget(endpointId);
    results.forget(endpointId);
  }

  /** Makes one delivery to an endpoint that is disabled. */
  void probe(String endpointId) {
    Lane lane = lanes.of(endpointId);
    if (lane != null) {
      lane.probe();
      fetch(lane);
    }
  }

  private void fetch(Lane lane) {
    if (!underway.isClosed() && lane.beginFetch(System.nanoTime())) {
      stock.fetch(lane, this::pump);
    }
  }

  /** Makes calls as long as there is something to do for a lane and it may be done. */
  private void pump(Lane lane) {
    if (underway.isClosed() || !lane.enter()) {
      return;
    }
    do {
      Lane.Next next = lane.next(System.nanoTime());
      for (Held held = next.delivery(); held != null; held = next.delivery()) {
        stock.giveBack(next.idle(), Duration.ZERO);
        call(lane, held);
        next = lane.next(System.nanoTime());
      }
      stock.giveBack(next.idle(), Duration.ofNanos(next.pause()));
      if (next.pause() > 0) {
        alarm(lane, next.pause());
      }
    } while (lane.mustStay());
    fetch(lane);
  }

  private void alarm(Lane lane, long nanos) {
    try {
      ScheduledFuture<?> unused =
          clock.schedule(
              () -> {
                lane.awake(System.nanoTime());
                pump(lane);
              },
              nanos,
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Serai stops", e);
    }
  }

  private void call(Lane lane, Held delivery) {
    Instant started = Instant.now();
    long from = System.nanoTime();
    if (!underway.begin(delivery)) {
      stock.giveBack(List.of(delivery), Duration.ZERO);
      return;
    }
    CompletableFuture<EgressAnswer> call = calls.send(lane.entry(), delivery, started);
    underway.set(delivery, call);
    CompletableFuture<EgressAnswer> unused =
        call.whenComplete(
            (answer, failure) -> {
              if (underway.end(delivery)) {
                Outcome outcome = calls.outcome(answer, failure);
                Duration took = Duration.ofNanos(System.nanoTime() - from);
                end(lane, delivery, new Calls.Ended(outcome, started, took));
              }
            });
  }

  private void end(Lane lane, Held delivery, Calls.Ended ended) {
    boolean tried = lane.end(ended.outcome(), ended.took(), System.nanoTime());
    if (lanes.of(delivery.endpointId()) != null) { // else its counters would come back
      meters.count(delivery.endpointId(), ended.outcome(), ended.took());
    }
    double chance = ThreadLocalRandom.current().nextDouble();
    Result result = calls.result(lane.entry().endpoint(), delivery, ended, !tried, chance);
    results.add(new ResultWriter.Written(result, ended.outcome().control()));
    pump(lane);
  }

  /** What was written needs no room any more. */
  void written(List<ResultWriter.Written> some) {
    stock.free(some.stream().map(each -> each.result().held()).toList());
    refresh();
  }

  /** Begins nothing any more, waits a little for what is under way and gives back the rest. */
  void stop(Duration patience) {
    underway.close();
    clock.shutdownNow();
    try {
      stock.stop(patience);
      underway.await(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lanes.forEach(lane -> stock.giveBack(lane.close(), Duration.ZERO));
    stock.giveBack(underway.abandon(), Duration.ZERO);
  }
}
