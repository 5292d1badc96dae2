package dev.serai.health;

/**
 * One thing that a sidecar needs in order to do its work. A bean of this type becomes a check of
 * {@code /health/ready}.
 */
public interface HealthCheck {

  /**
   * How it is now. Must answer within a second and never block on a network.
   *
   * @return name, status and one sentence for the person on call
   */
  Result check();

  /**
   * Whether it is also shown at {@code /health/startup}: it tells of what was left out at the
   * start, and is never {@link Status#Unhealthy}, because a new start would leave out the same.
   */
  default boolean tellsOfStart() {
    return false;
  }

  /** From best to worst. */
  enum Status {
    /** All is well. */
    Healthy,
    /** It works with less than it should have; the description says what is missing. */
    Degraded,
    /** It does not work. */
    Unhealthy
  }

  /**
   * The state of one check, in the shape of the Conduit seed.
   *
   * @param name short and stable
   * @param status now
   * @param description one sentence
   */
  record Result(String name, Status status, String description) {}
}
