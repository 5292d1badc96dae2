package dev.serai.broker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the publisher's connection to the broker is up, and what happened before. Thread-safe.
 */
public final class ConnectionState {
  private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(5);

  private final Clock clock;
  private @Nullable Instant since;
  private @Nullable String error;
  private long opened;
  private int failures;
  private long askedFirst; // nanoseconds; 0: not yet

  ConnectionState(Clock clock) {
    this.clock = clock;
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
   * Waits until the first attempt to connect is over, or for five seconds from the first time that
   * anybody has asked: a broker may take connections and say nothing.
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
    while (opened == 0 && failures == 0 && now - askedFirst < FIRST_ATTEMPT.toNanos()) {
      TimeUnit.NANOSECONDS.timedWait(this, askedFirst + FIRST_ATTEMPT.toNanos() - now);
      now = System.nanoTime();
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
