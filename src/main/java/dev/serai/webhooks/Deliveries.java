package dev.serai.webhooks;

import static dev.serai.webhooks.Endpoints.MILLIS;

import dev.serai.store.SharedTurns;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes deliveries whose time has come out of the store, and gives them back. Thread-safe. */
@Component("webhookDueDeliveries")
class Deliveries {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;

  /** What another process takes at the moment is left out; with H2 there is none. */
  private final String lock;

  Deliveries(JdbcTemplate jdbc, TransactionTemplate transactions, SharedTurns database) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    lock = database.shared() ? " FOR UPDATE SKIP LOCKED" : "";
  }

  /** The active endpoints for which something is due that no process holds. */
  List<String> dueEndpoints() {
    return jdbc.queryForList(
        "SELECT id FROM webhook_endpoint WHERE enabled AND disabled IS NULL AND EXISTS (SELECT 1"
            + " FROM webhook_delivery WHERE endpoint_id = webhook_endpoint.id"
            + " AND due_at <= CURRENT_TIMESTAMP)",
        String.class);
  }

  /**
   * What to take.
   *
   * @param most deliveries
   * @param mostBytes of their bodies; one is taken however large it is
   * @param early whether also what is not due yet
   * @param lease time for which nobody else takes them
   */
  record Wish(String endpointId, int most, long mostBytes, boolean early, Duration lease) {}

  private record Row(String messageId, int tries, int size, OffsetDateTime due) {}

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Content(Map<String, String> headers, byte[] body) {}

  /** Takes some, those that have been due for longest first. */
  List<Held> claim(Wish wish) {
    long end = System.nanoTime() + wish.lease().toNanos();
    return Objects.requireNonNull(transactions.execute(status -> claim(wish, end)));
  }

  private List<Held> claim(Wish wish, long end) {
    List<Row> rows = take(wish, rows(wish));
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, Content> contents =
        contents(rows.stream().map(Row::messageId).toArray(String[]::new));
    List<Held> held = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Content content = contents.get(row.messageId());
      if (content == null) { // it has been forgotten meanwhile
        jdbc.update(
            "DELETE FROM webhook_delivery WHERE message_id = ? AND endpoint_id = ?",
            row.messageId(),
            wish.endpointId());
      } else {
        held.add(
            new Held(
                wish.endpointId(),
                row.messageId(),
                row.tries(),
                content.headers(),
                content.body(),
                new Lease(end)));
      }
    }
    return held;
  }

  private List<Row> rows(Wish wish) {
    List<Row> found =
        jdbc.query(
            // in the order of the index, or H2 would read all that is due
            "SELECT message_id, tries, size, due_at FROM webhook_delivery WHERE endpoint_id = ? AND "
                + (wish.early() ? "NOT held AND due_at IS NOT NULL" : "due_at <= CURRENT_TIMESTAMP")
                + " ORDER BY endpoint_id, due_at, message_id LIMIT ?"
                + lock,
            (row, index) ->
                new Row(
                    row.getString(1),
                    row.getInt(2),
                    row.getInt(3),
                    row.getObject(4, OffsetDateTime.class)),
            wish.endpointId(),
            wish.most());
    List<Row> taken = new ArrayList<>(found.size());
    long bytes = 0;
    for (Row row : found) {
      bytes += row.size();
      if (!taken.isEmpty() && bytes > wish.mostBytes()) {
        break;
      }
      taken.add(row);
    }
    return taken;
  }

  /** Those of them that nobody else has taken meanwhile. */
  private List<Row> take(Wish wish, List<Row> rows) {
    if (rows.isEmpty()) {
      return rows;
    }
    int[] taken =
        jdbc.batchUpdate(
            "UPDATE webhook_delivery SET held = TRUE, due_at = CURRENT_TIMESTAMP + "
                + MILLIS
                + " WHERE message_id = ? AND endpoint_id = ? AND due_at = ?",
            rows.stream()
                .map(
                    row ->
                        new Object[] {
                          wish.lease().toMillis(), row.messageId(), wish.endpointId(), row.due()
                        })
                .toList());
    return IntStream.range(0, rows.size()).filter(i -> taken[i] > 0).mapToObj(rows::get).toList();
  }

  private Map<String, Content> contents(String[] ids) {
    return jdbc
        .query(
            "SELECT id, headers, body FROM webhook_message WHERE id = ANY(?)",
            (row, index) ->
                Map.entry(
                    row.getString(1),
                    new Content(WebhookJson.texts(row.getString(2)), row.getBytes(3))),
            (Object) ids)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Holds deliveries for longer.
   *
   * @param lease time from now for which nobody else takes them
   * @return those that this process still held
   */
  List<Held> renew(Collection<Held> deliveries, Duration lease) {
    return deliveries.stream().filter(held -> renew(held, lease)).toList();
  }

  /** One by one: whoever locks several rows can wait for a writer of results that waits for it. */
  private boolean renew(Held held, Duration lease) {
    int found =
        jdbc.update(
            "UPDATE webhook_delivery SET due_at = CURRENT_TIMESTAMP + "
                + MILLIS
                + " WHERE message_id = ? AND endpoint_id = ? AND held"
                + " AND due_at > CURRENT_TIMESTAMP",
            lease.toMillis(),
            held.messageId(),
            held.endpointId());
    return found > 0;
  }

  /**
   * Lets others take deliveries that this process has not made.
   *
   * @param wait until then
   */
  void giveBack(Collection<Held> deliveries, Duration wait) {
    jdbc.batchUpdate(
        "UPDATE webhook_delivery SET held = FALSE, due_at = CURRENT_TIMESTAMP + "
            + MILLIS
            + " WHERE message_id = ? AND endpoint_id = ? AND held",
        deliveries.stream()
            .map(held -> new Object[] {wait.toMillis(), held.messageId(), held.endpointId()})
            .toList());
  }

  /** Nobody else can hold any: what a process held that has died is due again. */
  void freeAll() {
    jdbc.update("UPDATE webhook_delivery SET held = FALSE, due_at = CURRENT_TIMESTAMP WHERE held");
  }
}
