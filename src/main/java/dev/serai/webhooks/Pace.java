package dev.serai.webhooks;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast an endpoint is called: its own limit, less while it is busy, not at all while it rests
 * or its circuit breaker is open. Guarded by its lane; times are of {@link System#nanoTime}.
 */
final class Pace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final Duration slowDown;
  private final Duration pause;
  private final CircuitBreaker breaker;
  private @Nullable Bucket bucket;
  private int slots;
  private long slowSince;
  private long restUntil;
  private boolean resting;

  Pace(String endpointId, WebhookSettings settings) {
    this.most = settings.slots();
    this.slots = most;
    this.slowDown = settings.slowDown();
    this.pause = settings.breaker().pause();
    this.breaker =
        CircuitBreaker.of(
            endpointId,
            CircuitBreakerConfig.custom()
                .failureRateThreshold(settings.breaker().failures())
                .slidingWindowSize(settings.breaker().calls())
                .minimumNumberOfCalls(settings.breaker().calls())
                .waitDurationInOpenState(pause)
                .permittedNumberOfCallsInHalfOpenState(1)
                // A call whose end nobody tells must not keep all others away for good.
                .maxWaitDurationInHalfOpenState(pause)
                .build());
  }

  /** Calls at once. */
  int slots(long now) {
    if (breaker.getState() != CircuitBreaker.State.CLOSED) {
      return 1;
    }
    if (slots < most && now - slowSince >= slowDown.toNanos()) {
      slots = Math.min(most, slots * 2);
      slowSince = now;
    }
    return slots;
  }

  /** Whether only one call shows if there can be more. */
  boolean isTrial() {
    return breaker.getState() != CircuitBreaker.State.CLOSED;
  }

  /** Nanoseconds until calls may be made again; 0: they may. */
  long rest(long now) {
    resting = resting && now - restUntil < 0;
    return resting ? restUntil - now : 0;
  }

  /**
   * Asks for a call.
   *
   * @param rateLimit per second; null: none
   * @return 0 when it may be made, and its end must be told; else the nanoseconds to wait
   */
  long begin(@Nullable Integer rateLimit, long now) {
    long wait = rest(now);
    if (wait == 0 && rateLimit != null) {
      double rate = (double) rateLimit * slots(now) / most;
      if (bucket == null) {
        bucket = new Bucket(rate, now);
      }
      wait = bucket.take(rate, now);
    }
    if (wait == 0 && !breaker.tryAcquirePermission()) {
      rest(pause, now);
      wait = pause.toNanos();
    }
    return wait;
  }

  /** A call has ended. */
  void end(Outcome outcome, Duration took, long now) {
    if (outcome.isBusy()) {
      breaker.releasePermission(); // it is there
      if (slots == most || now - slowSince >= SECOND) { // those that were under way count once
        slots = Math.max(1, slots / 2);
        slowSince = now;
      }
    } else if (outcome.isTaken()) {
      breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
    } else {
      breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new IllegalStateException());
      if (breaker.getState() == CircuitBreaker.State.OPEN) {
        rest(pause, now);
      }
    }
  }

  /** No calls for a while. */
  void rest(Duration time, long now) {
    long until = now + time.toNanos();
    if (!resting || until - restUntil > 0) {
      restUntil = until;
      resting = true;
    }
  }

  /** All is well again. */
  void reset() {
    breaker.reset();
    resting = false;
  }
}
