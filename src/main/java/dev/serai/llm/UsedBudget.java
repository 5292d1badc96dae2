package dev.serai.llm;

import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What all processes have taken of a provider's limits.
 *
 * @param requests of the latest minute
 * @param tokens of these
 * @param running requests at the moment
 */
record UsedBudget(long requests, long tokens, long running) {

  /**
   * Reads it.
   *
   * @param since begin of the minute
   */
  static UsedBudget of(
      String provider, OffsetDateTime since, OffsetDateTime now, JdbcClient database) {
    return database
        .sql(
            "SELECT COALESCE(SUM(CASE WHEN started_at > ? THEN requests ELSE 0 END), 0),"
                + " COALESCE(SUM(CASE WHEN started_at > ? THEN tokens ELSE 0 END), 0),"
                + " COUNT(CASE WHEN held AND lease_until > ? THEN 1 END)"
                + " FROM llm_reservation WHERE provider = ?")
        .param(since)
        .param(since)
        .param(now)
        .param(provider)
        .query((row, index) -> new UsedBudget(row.getLong(1), row.getLong(2), row.getLong(3)))
        .single();
  }

  /** Whether there is room for one more request. */
  boolean allows(Provider.Limits limits, long more) {
    return within(limits.requestsPerMinute(), requests + 1)
        && within(limits.tokensPerMinute(), tokens + more)
        && within(limits.concurrency(), running + 1);
  }

  private static boolean within(long limit, long wanted) {
    return limit == 0 || wanted <= limit;
  }

  /** With one more request of that many tokens. */
  UsedBudget with(long more) {
    return new UsedBudget(requests + 1, tokens + more, running + 1);
  }
}
