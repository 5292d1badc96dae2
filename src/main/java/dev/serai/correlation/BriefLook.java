package dev.serai.correlation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store of the chains for somebody who cannot wait for it: for a short time, on threads of
 * its own. After a question that was not answered in time nobody asks for a second. Thread-safe.
 */
class BriefLook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BriefLook.class);
  private static final int THREADS = 4;
  private static final int MOST_WAITING = 1000;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Duration patience;
  private final Counter unanswered;
  private final ThreadPoolExecutor threads;
  private volatile long notBefore = System.nanoTime();

  BriefLook(Duration patience, MeterRegistry meters) {
    this.patience = patience;
    this.unanswered = meters.counter("serai.correlation.unanswered");
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "serai-correlation-look");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Asks.
   *
   * @return empty when there was no answer in time, or the store is away; that is counted
   */
  <T> Optional<T> ask(Supplier<T> question) {
    if (System.nanoTime() - notBefore < 0) {
      unanswered.increment();
      return Optional.empty();
    }
    Future<T> answer;
    try {
      answer = threads.submit(question::get);
    } catch (RejectedExecutionException e) {
      unanswered.increment();
      return Optional.empty();
    }
    try {
      return Optional.of(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      notBefore = System.nanoTime() + PAUSE.toNanos();
      answer.cancel(false); // an interrupt would close the database's file
    } catch (ExecutionException e) {
      LOG.debug("The chains cannot be looked at", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    unanswered.increment();
    return Optional.empty();
  }

  /** A time after which a question of several parts ends by itself, with what it has. */
  long end() {
    return System.nanoTime() + patience.toNanos() / 2;
  }

  /** Counts a question that was answered in part. */
  void answeredInPart() {
    unanswered.increment();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
