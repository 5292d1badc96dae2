package dev.serai.health;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/**
 * The answers of {@code /health/live}, {@code /health/ready} and {@code /health/startup}; bean
 * {@code health} of its route.
 */
@Component("health")
public class Health {
  private final ObjectProvider<HealthCheck> checks;
  private final ApplicationAvailability availability;

  Health(ObjectProvider<HealthCheck> checks, ApplicationAvailability availability) {
    this.checks = checks;
    this.availability = availability;
  }

  /**
   * The worst of all checks, and each of them.
   *
   * @param status of the whole
   * @param checks in the order of their names
   */
  public record Report(HealthCheck.Status status, List<HealthCheck.Result> checks) {}

  /** The process answers; depends on nothing else, so that a broker's failure never restarts it. */
  public Report live() {
    return new Report(HealthCheck.Status.Healthy, List.of());
  }

  /** Whether work can be done now. */
  public Report ready() {
    return report(checks.stream());
  }

  /** Whether the routes have been started; names the files that were left out. */
  public Report startup() {
    return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
        ? report(checks.stream().filter(HealthCheck::tellsOfStart))
        : new Report(HealthCheck.Status.Unhealthy, List.of());
  }

  private static Report report(Stream<HealthCheck> checks) {
    List<HealthCheck.Result> results =
        checks
            .map(HealthCheck::check)
            .sorted(Comparator.comparing(HealthCheck.Result::name))
            .toList();
    HealthCheck.Status worst =
        results.stream()
            .map(HealthCheck.Result::status)
            .max(Comparator.naturalOrder())
            .orElse(HealthCheck.Status.Healthy);
    return new Report(worst, results);
  }
}
