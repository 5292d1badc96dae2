package dev.serai.webhooks;

import java.util.concurrent.TimeUnit;

/**
 * When a lane is looked at again: one alarm is enough, unless another one has to ring before it.
 * Guarded by its lane; times are of {@link System#nanoTime}.
 */
final class Alarm {
  /** Alarms that are as close ring as one. */
  private static final long CLOSE = TimeUnit.MILLISECONDS.toNanos(1);

  private boolean set;
  private long at;

  /**
   * Asks for an alarm.
   *
   * @param wait nanoseconds until then
   * @return the same, to be set; 0: one rings soon enough
   */
  long after(long wait, long now) {
    if (set && now + wait - at > -CLOSE) {
      return 0;
    }
    set = true;
    at = now + wait;
    return wait;
  }

  /** One rings; it may be one that was set before the earliest. */
  void ring(long now) {
    set = set && now - at < 0;
  }

  /** What was waited for is over. */
  void forget() {
    set = false;
  }
}
