package dev.serai.llm;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keeps this process from asking a provider that fails again and again. Thread-safe. */
final class Breakers {
  private final CircuitBreakerRegistry registry;

  /** All closed. */
  Breakers(LlmSettings.Breaker settings) {
    this.registry =
        CircuitBreakerRegistry.of(
            CircuitBreakerConfig.custom()
                .failureRateThreshold(settings.failures())
                .slidingWindowSize(settings.calls())
                .minimumNumberOfCalls(settings.calls())
                .waitDurationInOpenState(settings.pause())
                .permittedNumberOfCallsInHalfOpenState(1)
                // A call whose end nobody tells must not keep all others away for good.
                .maxWaitDurationInHalfOpenState(settings.pause())
                .build());
  }

  /** Asks for one call, whose end must be told by one of the others. */
  boolean allows(String provider) {
    return breaker(provider).tryAcquirePermission();
  }

  /** Whether one may ask for a call now. */
  boolean wouldAllow(String provider) {
    boolean allowed = allows(provider); // the only way to learn that the pause is over
    if (allowed) {
      forget(provider);
    }
    return allowed;
  }

  /** The call was not made, or says nothing of the provider. */
  void forget(String provider) {
    breaker(provider).releasePermission();
  }

  void succeeded(String provider, Duration took) {
    breaker(provider).onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
  }

  void failed(String provider, Duration took, Throwable failure) {
    breaker(provider).onError(took.toNanos(), TimeUnit.NANOSECONDS, failure);
  }

  private CircuitBreaker breaker(String provider) {
    return registry.circuitBreaker(provider);
  }
}
