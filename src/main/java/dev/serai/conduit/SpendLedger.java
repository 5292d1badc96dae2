package dev.serai.conduit;

import dev.serai.broker.MessageIds;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.files.TimeText;
import dev.serai.http.ProblemException;
import dev.serai.outbox.Outbox;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What virtual keys have spent, each request booked once. Bean {@code conduitSpend}; thread-safe.
 *
 * <p>The booking and the event that tells of it are written in one transaction ({@link Outbox}), so
 * that neither is without the other, whenever the process dies.
 */
@Component("conduitSpend")
public class SpendLedger {
  /** Where its events wait. */
  static final String BOX = "totals";

  private static final int MOST = 1000; // events of one key that are told together

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Outbox outbox;

  SpendLedger(JdbcClient jdbc, TransactionTemplate transactions, Outbox outbox) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbox = outbox;
  }

  /**
   * Books a {@code virtual-key.spend-requested}, unless that was done.
   *
   * @return events of its key that nobody was told yet, oldest first
   * @throws PoisonMessageException if it cannot be booked, or something else was booked under its
   *     id
   */
  public List<Outbox.Event> book(Exchange exchange) {
    SpendRequest request = SpendRequest.of(EventBody.of(exchange));
    return Objects.requireNonNull(transactions.execute(status -> book(request)));
  }

  private List<Outbox.Event> book(SpendRequest request) {
    String key = request.virtualKey();
    jdbc.sql(
            "INSERT INTO conduit_virtual_key (id, spent, bookings, updated_at)"
                + " VALUES (?, 0, 0, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING")
        .param(key)
        .update();
    Spent before =
        jdbc.sql("SELECT spent, bookings FROM conduit_virtual_key WHERE id = ? FOR UPDATE")
            .param(key)
            .query(Spent.class)
            .single();
    int booked =
        jdbc.sql(
                "INSERT INTO conduit_spend (event_id, virtual_key, amount, booked_at)"
                    + " VALUES (?, ?, ?, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING")
            .param(request.eventId())
            .param(key)
            .param(request.amount())
            .update();
    if (booked == 0) {
      checkSame(request);
    } else {
      Spent after = before.plus(request.amount());
      jdbc.sql(
              "UPDATE conduit_virtual_key SET spent = ?, bookings = ?,"
                  + " updated_at = CURRENT_TIMESTAMP WHERE id = ?")
          .params(after.spent(), after.bookings(), key)
          .update();
      String id = MessageIds.next();
      outbox.keep(BOX, key, new Outbox.Event(id, told(id, request, after)));
    }
    return outbox.about(BOX, key, MOST);
  }

  private record Spent(BigDecimal spent, long bookings) {
    Spent plus(BigDecimal amount) {
      return new Spent(spent.add(amount), bookings + 1);
    }
  }

  private void checkSame(SpendRequest request) {
    boolean same =
        jdbc.sql("SELECT virtual_key, amount FROM conduit_spend WHERE event_id = ?")
            .param(request.eventId())
            .query(
                (row, index) ->
                    row.getString("virtual_key").equals(request.virtualKey())
                        && row.getBigDecimal("amount").compareTo(request.amount()) == 0)
            .single();
    if (!same) {
      throw new PoisonMessageException(
          "spend-conflict: event %s is booked with another key or amount"
              .formatted(request.eventId()));
    }
  }

  private static String told(String id, SpendRequest request, Spent after) {
    return EventBody.JSON
        .createObjectNode()
        .put("eventId", id)
        .put("timestamp", Instant.now().toString())
        .put("virtualKeyId", request.virtualKey())
        .put("requestId", request.eventId())
        .put("amount", plain(request.amount()))
        .put("total", plain(after.spent()))
        .put("booking", after.bookings())
        .toString();
  }

  /**
   * What a virtual key has spent.
   *
   * @throws ProblemException 404 {@code unknown-virtual-key} when nothing was booked for it
   */
  public Map<String, Object> show(String key) throws ProblemException {
    return jdbc.sql("SELECT spent, bookings, updated_at FROM conduit_virtual_key WHERE id = ?")
        .param(key)
        .query(
            (row, index) -> {
              Map<String, Object> spend = new LinkedHashMap<>();
              spend.put("virtualKeyId", key);
              spend.put("total", plain(row.getBigDecimal("spent")));
              spend.put("bookings", row.getLong("bookings"));
              spend.put(
                  "updated",
                  row.getObject("updated_at", OffsetDateTime.class).toInstant().toString());
              return spend;
            })
        .optional()
        .orElseThrow(
            () ->
                new ProblemException(
                    404, "unknown-virtual-key", "Nothing was booked for this key.", List.of()));
  }

  /**
   * Forgets bookings that are older; the totals stay. An event whose id was forgotten is booked
   * again if it comes again.
   *
   * @param age such as {@code 90d}
   * @param limit most of them, so that no transaction is large
   * @return whether more may be left
   */
  public boolean forget(String age, int limit) {
    return jdbc.sql(
                "DELETE FROM conduit_spend WHERE event_id IN (SELECT event_id FROM conduit_spend"
                    + " WHERE booked_at < CURRENT_TIMESTAMP"
                    + " - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND ORDER BY booked_at LIMIT ?)")
            .params(TimeText.read(age).orElseThrow().toMillis(), limit)
            .update()
        >= limit;
  }

  /** As a person writes it: 0.5, not 0.500000000000000000 or 5E-1. */
  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal shortest = amount.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
