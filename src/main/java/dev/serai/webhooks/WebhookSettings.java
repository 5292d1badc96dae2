package dev.serai.webhooks;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * {@code serai.webhooks.*} that deliveries need; each key is explained in {@code
 * config/application.yaml}. Checked by {@link WebhookValues}.
 *
 * @param schedule waits before each attempt, the first one included
 * @param jitter most of a wait that is added or taken off, in percent
 * @param slots deliveries to one endpoint at once, of this process
 * @param ahead deliveries to one endpoint that wait in memory behind those
 * @param memory bodies of all that is in memory
 * @param timeout for everything up to the end of an answer
 * @param lease time after which deliveries of a process that was not heard of are made by another
 * @param longestRetryAfter what an endpoint may ask for
 * @param slowDown time after which an endpoint that was too busy gets more again
 * @param disableAfter time of failures after which an endpoint is disabled
 */
@ConfigurationProperties("serai.webhooks")
record WebhookSettings(
    List<Duration> schedule,
    int jitter,
    int slots,
    int ahead,
    DataSize memory,
    Duration timeout,
    Duration lease,
    Duration longestRetryAfter,
    Duration slowDown,
    Duration disableAfter,
    Breaker breaker) {

  /**
   * When an endpoint that fails is left alone.
   *
   * @param failures share of the latest calls, in percent
   * @param calls that are looked at
   * @param pause after which it is tried with one
   */
  record Breaker(int failures, int calls, Duration pause) {}
}
