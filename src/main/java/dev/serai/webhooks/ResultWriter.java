package dev.serai.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Writes what attempts have led to as soon as it can, all that has come meanwhile at once, on a
 * thread of its own. Then it notes how the endpoints fare. Thread-safe.
 */
@Component("webhookResultWriter")
class ResultWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);
  private static final int MOST_AT_ONCE = 1000;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long OFTEN = TimeUnit.SECONDS.toNanos(1);

  private final Results results;
  private final Conditions conditions;
  private final Directory directory;
  private final Duration disableAfter;
  private final List<Written> waiting = new ArrayList<>();
  private final Map<String, Long> noted = new ConcurrentHashMap<>();
  private boolean stopped;

  @Autowired
  ResultWriter(
      Results results, Conditions conditions, Directory directory, WebhookSettings settings) {
    this(results, conditions, directory, settings.disableAfter());
  }

  ResultWriter(Results results, Conditions conditions, Directory directory, Duration disableAfter) {
    this.results = results;
    this.conditions = conditions;
    this.directory = directory;
    this.disableAfter = disableAfter;
  }

  /** A result with what else the receiver has said. */
  record Written(Result result, Outcome.Control control) {}

  synchronized void add(Written result) {
    waiting.add(result);
    notifyAll();
  }

  /** An endpoint is no more. */
  void forget(String endpointId) {
    noted.remove(endpointId);
  }

  /**
   * Writes until it is stopped, and then the rest.
   *
   * @param done gets what was written, and is told when endpoints may have changed
   */
  void run(Consumer<List<Written>> done) {
    try {
      for (List<Written> some = next(); !some.isEmpty(); some = next()) {
        boolean written = write(some, done);
        while (!written && pause()) {
          written = write(some, done);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the thread end when all is written; it must not be interrupted while H2 writes. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Waits until there is something; empty when there will be nothing any more. */
  private synchronized List<Written> next() throws InterruptedException {
    while (waiting.isEmpty() && !stopped) {
      wait();
    }
    List<Written> first = waiting.subList(0, Math.min(MOST_AT_ONCE, waiting.size()));
    List<Written> some = List.copyOf(first);
    first.clear();
    return some;
  }

  /** Waits a little; false when it is stopped. */
  private synchronized boolean pause() throws InterruptedException {
    long end = System.nanoTime() + PAUSE;
    for (long left = PAUSE; left > 0 && !stopped; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !stopped;
  }

  private boolean write(List<Written> some, Consumer<List<Written>> done) {
    try {
      results.write(some.stream().map(Written::result).toList());
    } catch (RuntimeException e) {
      LOG.warn("webhook-results-not-written: {} wait: {}", some.size(), e.getMessage());
      return false;
    }
    try {
      note(some);
    } catch (RuntimeException e) { // the next result says it again
      LOG.warn("webhook-condition-not-noted: {}", e.getMessage());
    }
    done.accept(some);
    return true;
  }

  /** The best of several results of an endpoint counts, and what it asks for. */
  private void note(List<Written> some) {
    Map<String, Written> worth = new HashMap<>();
    for (Written each : some) {
      worth.merge(
          each.result().held().endpointId(),
          each,
          (one, other) ->
              wishes(other) || (!wishes(one) && other.result().error() == null) ? other : one);
    }
    worth.forEach(this::note);
  }

  private static boolean wishes(Written written) {
    return written.control() == Outcome.Control.GONE
        || written.control() == Outcome.Control.DISABLE;
  }

  private void note(String id, Written written) {
    Directory.Entry entry = directory.latest().entries().get(id);
    if (entry == null) {
      return;
    }
    Endpoint endpoint = entry.endpoint();
    Instant failingSince = endpoint.failingSince();
    if (wishes(written)) {
      if (endpoint.disabling() == null) {
        boolean gone = written.control() == Outcome.Control.GONE;
        conditions.disable(id, gone ? Endpoint.Reason.GONE : Endpoint.Reason.ASKED);
      }
    } else if (written.result().error() == null) {
      if (endpoint.disabling() != null || (failingSince != null && isDue(id))) {
        conditions.succeeded(id);
      }
    } else if (failingSince == null) {
      if (isDue(id)) {
        conditions.failing(id);
      }
    } else if (endpoint.isActive()
        && !failingSince.plus(disableAfter).isAfter(Instant.now())
        && isDue(id)) {
      conditions.disableIfFailing(id, disableAfter);
    }
  }

  /** One that fails now and then must not keep the store busy. */
  private boolean isDue(String id) {
    long now = System.nanoTime();
    Long last = noted.get(id);
    if (last != null && now - last < OFTEN) {
      return false;
    }
    noted.put(id, now);
    return true;
  }
}
