package dev.serai.webhooks;

/** Lets a number of deliveries through per second, evenly. Guarded by its lane. */
final class Bucket {
  private static final double NANOS = 1e9;

  private double perSecond;
  private double tokens = 1;
  private long since;

  Bucket(double perSecond, long now) {
    this.perSecond = perSecond;
    this.since = now;
  }

  /**
   * Takes one.
   *
   * @param rate per second from now on
   * @return 0 when there was one, else the nanoseconds until there is
   */
  long take(double rate, long now) {
    tokens = Math.min(burst(), tokens + (now - since) / NANOS * perSecond);
    since = now;
    perSecond = rate;
    if (tokens >= 1) {
      tokens--;
      return 0;
    }
    return Math.max(1, (long) Math.ceil((1 - tokens) / perSecond * NANOS));
  }

  /** A tenth of a second's worth, so that a pause is made up for without a flood. */
  private double burst() {
    return Math.max(1, perSecond / 10);
  }
}
