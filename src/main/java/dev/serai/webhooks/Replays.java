package dev.serai.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.files.TimeText;
import dev.serai.http.ProblemException;
import dev.serai.topology.KeyPattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends what is kept once more. Bean {@code webhookReplays}; thread-safe. */
@Component("webhookReplays")
public class Replays {
  private static final int AT_ONCE = 1000;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Directory directory;

  Replays(JdbcTemplate jdbc, TransactionTemplate transactions, Directory directory) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.directory = directory;
  }

  private record Row(String id, String type, int size, OffsetDateTime storedAt) {}

  private record Wish(Directory.Entry entry, OffsetDateTime since, boolean undelivered) {}

  /**
   * Makes all deliveries of an endpoint since a time once more, also those that it missed because
   * it was disabled, or not there yet. What waits anyway is left as it is.
   *
   * @param body as {@code webhook-replay.schema.json} allows it
   * @return how many
   * @throws ProblemException 404 if there is no such endpoint, 400 if the time is none
   */
  public Map<String, Integer> replay(String id, JsonNode body) throws ProblemException {
    Directory.Entry entry = directory.current().entries().get(id);
    if (entry == null) {
      throw Webhooks.unknown(id);
    }
    Wish wish =
        new Wish(entry, since(body.path("since").asText()), body.path("undelivered").asBoolean());
    int count = 0;
    Row last = new Row("", "", 0, wish.since());
    List<Row> page;
    do {
      page = page(last);
      List<Row> some = page;
      if (!some.isEmpty()) {
        count += Objects.requireNonNull(transactions.execute(status -> replay(wish, some)));
        last = some.get(some.size() - 1);
      }
    } while (page.size() == AT_ONCE);
    return Map.of("count", count);
  }

  private static OffsetDateTime since(String text) throws ProblemException {
    Optional<OffsetDateTime> age =
        TimeText.read(text).map(time -> Instant.now().minus(time).atOffset(ZoneOffset.UTC));
    try {
      return age.isPresent() ? age.get() : OffsetDateTime.parse(text.replace(' ', '+'));
    } catch (DateTimeException e) {
      throw new ProblemException(
          400,
          "bad-webhook",
          "#/since is no time",
          List.of(
              new ProblemException.FieldError(
                  "#/since",
                  "must be a time such as 2030-01-31T12:00:00Z, or an age such as 24h")));
    }
  }

  private List<Row> page(Row last) {
    return jdbc.query(
        "SELECT id, type, OCTET_LENGTH(body) AS size, stored_at FROM webhook_message"
            + " WHERE stored_at >= ? AND (stored_at > ? OR id > ?) ORDER BY stored_at, id LIMIT ?",
        (row, index) ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getObject(4, OffsetDateTime.class)),
        last.storedAt(),
        last.storedAt(),
        last.id(),
        AT_ONCE);
  }

  private int replay(Wish wish, List<Row> rows) {
    List<Row> wanted =
        rows.stream()
            .filter(row -> KeyPattern.anyMatches(wish.entry().patterns(), row.type()))
            .toList();
    String id = wish.entry().endpoint().id();
    int[] again =
        jdbc.batchUpdate(
            "UPDATE webhook_delivery SET state = 'pending', tries = 0, due_at = CURRENT_TIMESTAMP"
                + " WHERE message_id = ? AND endpoint_id = ? AND due_at IS NULL"
                + (wish.undelivered() ? " AND state <> 'delivered'" : ""),
            wanted.stream().map(row -> new Object[] {row.id(), id}).toList());
    return IntStream.of(again).sum() + addMissed(id, wanted);
  }

  private int addMissed(String endpointId, List<Row> rows) {
    int missed = 0;
    for (Row row : rows) {
      missed +=
          jdbc.update(
              "INSERT INTO webhook_delivery (message_id, endpoint_id, state, tries, held, size,"
                  + " due_at) VALUES (?, ?, 'pending', 0, FALSE, ?, CURRENT_TIMESTAMP)"
                  + " ON CONFLICT DO NOTHING",
              row.id(),
              endpointId,
              row.size());
    }
    return missed;
  }
}
