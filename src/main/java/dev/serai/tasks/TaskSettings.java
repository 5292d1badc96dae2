package dev.serai.tasks;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code helixagent.tasks.*} that workers need; each key is explained in {@code
 * config/helixagent.yaml}. Checked by {@link TaskValues}, as long as the pack is there.
 *
 * @param lease time after which a worker that was not heard of has lost its task
 * @param renewal time between two signs of life
 * @param mostStarts attempts after which a task whose workers die is given up
 * @param retry what becomes of attempts that fail
 */
@ConfigurationProperties("helixagent.tasks")
record TaskSettings(Duration lease, Duration renewal, int mostStarts, @DefaultValue Retry retry) {

  /**
   * What becomes of attempts that fail.
   *
   * @param attempts after the first
   */
  record Retry(int attempts) {}
}
