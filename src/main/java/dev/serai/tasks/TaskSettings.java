package dev.serai.tasks;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code helixagent.tasks.*} that workers need; each key is explained in {@code
 * config/helixagent.yaml}.
 *
 * @param lease time after which a worker that was not heard of has lost its task
 * @param renewal time between two signs of life
 * @param mostStarts attempts after which a task whose workers die is given up
 */
@ConfigurationProperties("helixagent.tasks")
record TaskSettings(Duration lease, Duration renewal, int mostStarts) {

  /**
   * Refuses values that cannot be.
   *
   * @throws IllegalArgumentException {@code bad-value} with what to write
   */
  TaskSettings checked() {
    if (renewal.toMillis() < 10 || lease.compareTo(renewal.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "bad-value: helixagent.tasks.renewal is %dms and lease %dms; write a renewal from 10ms, and a lease of at least two of them"
              .formatted(renewal.toMillis(), lease.toMillis()));
    }
    if (mostStarts < 1) {
      throw new IllegalArgumentException(
          "bad-value: helixagent.tasks.most-starts is %d; write a number from 1"
              .formatted(mostStarts));
    }
    return this;
  }
}
