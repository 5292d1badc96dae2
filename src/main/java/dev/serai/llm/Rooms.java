package dev.serai.llm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What providers could take when they were looked at, less what was promised of that since. Not
 * thread-safe.
 */
final class Rooms {
  private final Providers providers;
  private final Breakers breakers;
  private final Budgets budgets;
  private final Map<String, Optional<UsedBudget>> used = new HashMap<>();

  /** Nothing is promised yet. */
  Rooms(Providers providers, Breakers breakers, Budgets budgets) {
    this.providers = providers;
    this.breakers = breakers;
    this.budgets = budgets;
  }

  /**
   * Promises a call of the first provider that has room for it.
   *
   * @return whether one has; also when one of them is gone, or cannot take as much any more:
   *     whoever waits for it is to be told
   */
  boolean promise(List<String> names, long tokens) {
    return names.stream().anyMatch(name -> promise(name, tokens));
  }

  private boolean promise(String name, long tokens) {
    Optional<Provider> found = providers.named(name);
    if (found.isEmpty()) {
      return true;
    }
    Provider provider = found.get();
    Provider.Limits limits = provider.limits();
    long most = limits.tokensPerMinute() == 0 ? tokens : limits.tokensPerMinute();
    Optional<UsedBudget> before = used.computeIfAbsent(name, first -> look(provider));
    Optional<UsedBudget> after =
        before
            .filter(now -> now.allows(limits, Math.min(tokens, most)))
            .map(now -> now.with(tokens));
    after.ifPresent(now -> used.put(name, after));
    return after.isPresent();
  }

  private Optional<UsedBudget> look(Provider provider) {
    return breakers.wouldAllow(provider.name()) ? budgets.used(provider.name()) : Optional.empty();
  }
}
