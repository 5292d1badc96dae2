package dev.serai.debias;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The profiles in the state's own database: their events, added up when a profile is read. Bean
 * {@code debiasSqlProfiles}; thread-safe.
 */
@Component("debiasSqlProfiles")
@EnableConfigurationProperties(ProfileSettings.class)
public class SqlProfiles {
  private final JdbcTemplate batches;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final ProfileSettings settings;

  SqlProfiles(
      JdbcTemplate batches,
      JdbcClient jdbc,
      TransactionTemplate transactions,
      ProfileSettings settings) {
    this.batches = batches;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.settings = settings;
  }

  /**
   * Adds all events in one transaction. An event whose id is there already changes nothing.
   *
   * @throws org.springframework.dao.DataAccessException if none of them was added
   */
  public void store(List<UserEvent> events) {
    transactions.executeWithoutResult(
        status ->
            // In the order of their keys, so that two workers cannot wait for each other.
            batches.batchUpdate(
                "INSERT INTO debias_profile_event"
                    + " (event_id, user_id, product_id, event_type, occurred_at)"
                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                events.stream()
                    .sorted(Comparator.comparing(UserEvent::eventId))
                    .map(SqlProfiles::row)
                    .toList()));
  }

  /** The user's profile; empty when the user is unknown. */
  public Optional<Profile> find(long userId) {
    List<Sum> sums =
        jdbc.sql(
                "SELECT product_id, event_type, COUNT(*) AS events, MAX(occurred_at) AS latest"
                    + " FROM debias_profile_event WHERE user_id = ?"
                    + " GROUP BY product_id, event_type")
            .param(userId)
            .query(
                (row, index) ->
                    new Sum(
                        row.getLong("product_id"),
                        row.getString("event_type"),
                        row.getLong("events"),
                        row.getObject("latest", OffsetDateTime.class).toInstant()))
            .list();
    return sums.isEmpty() ? Optional.empty() : Optional.of(profile(userId, sums));
  }

  private Profile profile(long userId, List<Sum> sums) {
    TreeMap<String, Long> counts = new TreeMap<>();
    LastProducts last = new LastProducts(settings.lastProducts());
    double[] vector = new double[settings.vectorDimension()];
    Instant lastSeen = Instant.MIN;
    for (Sum sum : sums) {
      counts.merge(sum.eventType(), sum.events(), Long::sum);
      last.see(sum.productId(), sum.latest());
      ProductVectors.add(
          vector, sum.productId(), settings.weightOf(sum.eventType()) * sum.events());
      lastSeen = sum.latest().isAfter(lastSeen) ? sum.latest() : lastSeen;
    }
    return new Profile(
        userId, counts, last.newestFirst(), lastSeen, ProductVectors.direction(vector));
  }

  private static Object[] row(UserEvent event) {
    return new Object[] {
      event.eventId(),
      event.userId(),
      event.productId(),
      event.eventType(),
      event.time().atOffset(ZoneOffset.UTC)
    };
  }

  private record Sum(long productId, String eventType, long events, Instant latest) {}
}
