package dev.serai.fairness;

import java.util.HashMap;
import java.util.Map;

/** Tasks that have had their turn and are not over: they are in work, or wait in the queue. */
final class InFlight {
  private static final int NONE = -1;

  private final Map<String, Integer> ofTenants = new HashMap<>();
  private int total;
  private int highestInWork = NONE;
  private int highestInQueue = NONE;

  /**
   * Counts tasks of a tenant.
   *
   * @param highest priority of these
   */
  void add(String tenant, boolean inWork, int number, int highest) {
    total += number;
    ofTenants.merge(tenant, number, Integer::sum);
    if (inWork) {
      highestInWork = Math.max(highestInWork, highest);
    } else {
      highestInQueue = Math.max(highestInQueue, highest);
    }
  }

  int total() {
    return total;
  }

  int of(String tenant) {
    return ofTenants.getOrDefault(tenant, 0);
  }

  /** Whether a task would overtake all that wait in the queue; if none does, those in work. */
  boolean isOvertakenBy(int priority) {
    return priority > (highestInQueue == NONE ? highestInWork : highestInQueue);
  }
}
