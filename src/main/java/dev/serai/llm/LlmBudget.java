package dev.serai.llm;

import dev.serai.store.SharedTurns;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The providers' budgets, which all processes share. Bean {@code llmBudget}; thread-safe. */
@Component("llmBudget")
public class LlmBudget {
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Providers providers;
  private final Breakers breakers;
  private final Budgets budgets;

  LlmBudget(
      Providers providers, JdbcClient jdbc, TransactionTemplate transactions, SharedTurns turns) {
    this.providers = providers;
    this.breakers = new Breakers(providers.settings().breaker());
    this.budgets =
        new Budgets(jdbc, transactions, turns, MINUTE, providers.settings().waits().lease());
  }

  Breakers breakers() {
    return breakers;
  }

  Budgets budgets() {
    return budgets;
  }

  /**
   * Takes the budget for one call of the first provider that may be asked now.
   *
   * @return null when none may
   */
  public @Nullable Reservation reserve(LlmWork work) {
    long tokens = tokens(work);
    for (String name : work.left()) {
      Provider provider = providers.named(name).orElseThrow();
      if (breakers.allows(name)) {
        Optional<Reservation> reserved = Optional.empty();
        try {
          reserved = budgets.reserve(provider, tokens);
        } finally {
          if (reserved.isEmpty()) {
            breakers.forget(name);
          }
        }
        if (reserved.isPresent()) {
          return reserved.get();
        }
      }
    }
    return null;
  }

  /** What providers could take now, as far as nobody else asks them. */
  Rooms rooms() {
    return new Rooms(providers, breakers, budgets);
  }

  /** The tokens that a request is likely to need at most. */
  long tokens(LlmWork work) {
    return ChatBody.tokens(ChatBody.of(work), providers.settings().expectedTokens());
  }

  /** Puts what a call has really used in the place of what it was expected to use. */
  public void settle(Reservation reservation, LlmCall call) {
    if (call.sent()) {
      budgets.settle(reservation, call.usage().total());
    } else {
      budgets.release(reservation);
    }
  }

  /**
   * Leaves a provider alone, here and in all other processes, for as long as it has asked for: a
   * day at most, and {@code waits.busy} when it has named no time or one that is over.
   */
  public void close(LlmCall call) {
    Duration asked = Duration.ofMillis(call.pause());
    if (asked.isZero() || asked.isNegative()) {
      asked = providers.settings().waits().busy();
    }
    budgets.close(call.provider(), asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE);
  }
}
