package dev.serai.correlation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/**
 * Takes what was seen and stores it a little later, in batches, on a thread of its own. Who brings
 * something never waits: what finds no room is counted and lost. Thread-safe.
 */
class Recorder implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final int BATCH = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ChainStore store;
  private final BlockingQueue<Sighting> waiting;
  private final Map<String, LinkedEvent> pending = new ConcurrentHashMap<>();
  private final Counter recorded;
  private final Counter begun;
  private final Counter lost;
  private final long again;
  private CountDownLatch stopping = new CountDownLatch(0);
  private volatile boolean up = true;
  private volatile @Nullable Thread thread;

  /**
   * Made, and idle until it is started.
   *
   * @param again pause after the store was away, in milliseconds
   */
  Recorder(ChainStore store, CorrelationSettings settings, MeterRegistry meters, long again) {
    this.store = store;
    this.waiting = new LinkedBlockingQueue<>(settings.mostWaiting());
    this.again = again;
    this.recorded = meters.counter("serai.correlation.events");
    this.begun = meters.counter("serai.correlation.chains");
    this.lost = meters.counter("serai.correlation.lost");
    Gauge.builder("serai.correlation.waiting", waiting, BlockingQueue::size).register(meters);
    Gauge.builder("serai.correlation.store.up", this, me -> me.up ? 1 : 0)
        .tag("store", settings.store())
        .register(meters);
  }

  /** Takes one; never waits and never fails. */
  void take(Sighting sighting) {
    LinkedEvent event = sighting.event();
    pending.put(event.id(), event); // before it can be stored, which takes it away
    if (thread == null || !waiting.offer(sighting)) {
      pending.remove(event.id(), event);
      lost.increment();
    }
  }

  /** Those that were taken and perhaps not stored yet, by their id. */
  Map<String, LinkedEvent> pending() {
    return pending;
  }

  /** Notes whether the store has answered. */
  void told(boolean answered) {
    up = answered;
  }

  private void run() {
    while (stopping.getCount() > 0 || !waiting.isEmpty()) {
      try {
        Sighting first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Sighting> batch = new ArrayList<>(List.of(first));
          waiting.drainTo(batch, BATCH - 1);
          store(batch);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    lost.increment(waiting.size());
    waiting.clear();
  }

  private void store(List<Sighting> batch) throws InterruptedException {
    List<Sighting> all = List.copyOf(batch);
    boolean stored = false;
    while (!stored) {
      stored = stored(batch);
      if (!stored && stopping.await(again, TimeUnit.MILLISECONDS)) {
        lost.increment(batch.size());
        break;
      }
    }
    if (stored) {
      recorded.increment(batch.size());
      begun.increment(batch.stream().filter(Recorder::begins).count());
    }
    all.forEach(sighting -> pending.remove(sighting.event().id(), sighting.event()));
  }

  private static boolean begins(Sighting sighting) {
    return sighting.event().parents().isEmpty() && sighting.step().what().equals("published");
  }

  private boolean stored(List<Sighting> batch) {
    try {
      store.add(batch);
      up = true;
      return true;
    } catch (DataIntegrityViolationException e) { // not better at the next try
      return refused(batch, e);
    } catch (DataAccessException | TransactionException e) {
      if (up) {
        LOG.warn(
            "correlation-store-away: which event led to which cannot be stored for now; it waits in"
                + " memory: {}",
            e.getMessage());
      }
      up = false;
      return false;
    } catch (RuntimeException e) {
      return refused(batch, e);
    }
  }

  /** Something in it cannot be stored, now or later; all the rest can. */
  private boolean refused(List<Sighting> batch, RuntimeException why) {
    if (batch.size() == 1) {
      LOG.warn(
          "correlation-not-stored: {} is lost: {}",
          oneLine(batch.get(0).event().id()),
          oneLine(why.toString()));
      lost.increment();
      batch.clear();
      return true;
    }
    for (Iterator<Sighting> each = batch.iterator(); each.hasNext(); ) {
      List<Sighting> one = new ArrayList<>(List.of(each.next()));
      if (!stored(one)) {
        return false;
      }
      if (one.isEmpty()) {
        each.remove();
      }
    }
    return true;
  }

  /** Text from outside must not be able to forge lines of the log. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  @Override
  public synchronized void start() {
    stopping = new CountDownLatch(1);
    Thread made = new Thread(this::run, "serai-correlation");
    made.setDaemon(true);
    thread = made;
    made.start();
  }

  /** Stores what waits, for a while. */
  @Override
  public synchronized void stop() {
    Thread ending = thread;
    if (ending == null) {
      return;
    }
    thread = null;
    stopping.countDown();
    try {
      ending.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ending.interrupt();
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** After the publisher has stopped, whose last messages are to be seen. */
  @Override
  public int getPhase() {
    return -1;
  }
}
