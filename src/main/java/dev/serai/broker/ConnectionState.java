package dev.serai.broker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the publisher's connection to the broker is up, and what happened before. Thread-safe.
 */
public final class ConnectionState {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionState.class);

  private final Clock clock;
  private final Duration patience;
  private @Nullable Instant since;
  private @Nullable String error;
  private long opened;
  private int failures;
  private long askedFirst; // nanoseconds; 0: not yet
  private boolean warned;

  ConnectionState(Clock clock) {
    this(clock, Duration.ofSeconds(5));
  }

  /**
   * Not connected yet.
   *
   * @param patience how long the first attempt to connect is waited for
   */
  ConnectionState(Clock clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /** Whether the connection is open now. */
  public synchronized boolean connected() {
    return since != null;
  }

  /** When the open connection was opened; empty while there is none. */
  public synchronized Optional<Instant> connectedSince() {
    return Optional.ofNullable(since);
  }

  /** How often the connection was opened again after the first time. */
  public synchronized long reconnections() {
    return Math.max(0, opened - 1);
  }

  /** Failed attempts in a row; 0 while connected. */
  public synchronized int failedAttempts() {
    return failures;
  }

  /** Why the connection was lost or could not be opened; empty while connected. */
  public synchronized Optional<String> lastError() {
    return Optional.ofNullable(error);
  }

  /**
   * Waits until the first attempt to connect is over, but with patience only, counted from the
   * first time that anybody has asked: a broker may take connections and say nothing.
   */
  void awaitFirstAttempt() {
    try {
      awaitTried();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitTried() throws InterruptedException {
    long now = System.nanoTime();
    askedFirst = askedFirst == 0 ? now : askedFirst;
    while (opened == 0 && failures == 0 && now - askedFirst < patience.toNanos()) {
      TimeUnit.NANOSECONDS.timedWait(this, askedFirst + patience.toNanos() - now);
      now = System.nanoTime();
    }
    if (opened == 0 && failures == 0 && !warned) {
      warned = true;
      LOG.warn(
          "The broker has said nothing for {} ms. Serai goes on without it, and publishes when it answers.",
          patience.toMillis());
    }
  }

  synchronized void opened() {
    notifyAll();
    since = clock.instant();
    error = null;
    failures = 0;
    opened++;
  }

  synchronized void lost(String why) {
    since = null;
    error = why;
  }

  synchronized void attemptFailed(String why) {
    since = null;
    error = why;
    failures++;
    notifyAll();
  }
}
