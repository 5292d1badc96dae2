package dev.serai.fairness;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** What each tenant has had of the workers, by its weight: who had least is next. */
final class Shares {
  private final Map<String, Double> used;
  private final InFlight inFlight;
  private final Weights weights;

  /**
   * Of one moment.
   *
   * @param used turns of each tenant, faded by their age
   */
  Shares(Map<String, Double> used, InFlight inFlight, Weights weights) {
    this.used = new HashMap<>(used);
    this.inFlight = inFlight;
    this.weights = weights;
  }

  /** Notes a turn. */
  void add(Head taken) {
    used.merge(taken.tenant(), 1.0, Double::sum);
    inFlight.add(taken.tenant(), false, 1, taken.priority());
  }

  double used(String tenant) {
    return used.getOrDefault(tenant, 0.0);
  }

  /** Priority first, then the smallest share, then who has waited longest. */
  Comparator<Head> order() {
    return Comparator.comparingInt(Head::priority)
        .reversed()
        .thenComparingDouble(head -> share(head.tenant()))
        .thenComparing(Head::id);
  }

  private double share(String tenant) {
    return (used(tenant) + inFlight.of(tenant)) / weights.of(tenant);
  }
}
