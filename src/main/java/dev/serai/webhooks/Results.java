package dev.serai.webhooks;

import static dev.serai.webhooks.Endpoints.MILLIS;

import dev.serai.broker.MessageIds;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes what attempts have led to, many in one transaction. Thread-safe. */
@Component("webhookResults")
class Results {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;

  Results(JdbcTemplate jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /** Writes all or none. */
  void write(List<Result> results) {
    transactions.executeWithoutResult(
        status -> {
          addAttempts(results);
          noteDelivered(
              results.stream().filter(result -> result.state() == Result.State.DELIVERED).toList());
          Map<Boolean, List<Result>> others =
              results.stream()
                  .filter(result -> result.state() != Result.State.DELIVERED)
                  .collect(Collectors.partitioningBy(r -> r.state() == Result.State.PENDING));
          postpone(others.getOrDefault(true, List.of()));
          end(others.getOrDefault(false, List.of()));
        });
  }

  private void addAttempts(List<Result> results) {
    jdbc.batchUpdate(
        "INSERT INTO webhook_attempt (id, endpoint_id, message_id, status, took_ms, error, answer,"
            + " started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        results,
        results.size(),
        (row, result) -> {
          row.setString(1, MessageIds.next());
          row.setString(2, result.held().endpointId());
          row.setString(3, result.held().messageId());
          row.setObject(4, result.status(), Types.INTEGER);
          row.setInt(5, (int) Math.min(Integer.MAX_VALUE, result.took().toMillis()));
          row.setString(6, result.error());
          row.setString(7, result.answer());
          row.setObject(8, result.started().atOffset(ZoneOffset.UTC));
        });
  }

  /** Also what another process has begun meanwhile: the receiver has it. */
  private void noteDelivered(List<Result> results) {
    jdbc.batchUpdate(
        "UPDATE webhook_delivery SET state = 'delivered', held = FALSE, due_at = NULL"
            + " WHERE message_id = ? AND endpoint_id = ?",
        results,
        Math.max(1, results.size()),
        (row, result) -> {
          row.setString(1, result.held().messageId());
          row.setString(2, result.held().endpointId());
        });
  }

  private void postpone(List<Result> results) {
    jdbc.batchUpdate(
        "UPDATE webhook_delivery SET tries = ?, held = FALSE, due_at = CURRENT_TIMESTAMP + "
            + MILLIS
            + " WHERE message_id = ? AND endpoint_id = ? AND tries = ? AND state = 'pending'",
        results,
        Math.max(1, results.size()),
        (row, result) -> {
          row.setInt(1, result.held().tries() + (result.counts() ? 1 : 0));
          row.setLong(2, result.pause().toMillis());
          row.setString(3, result.held().messageId());
          row.setString(4, result.held().endpointId());
          row.setInt(5, result.held().tries());
        });
  }

  private void end(List<Result> results) {
    jdbc.batchUpdate(
        "UPDATE webhook_delivery SET state = ?, tries = ?, held = FALSE, due_at = NULL"
            + " WHERE message_id = ? AND endpoint_id = ? AND tries = ? AND state = 'pending'",
        results,
        Math.max(1, results.size()),
        (row, result) -> {
          row.setString(1, result.state().name().toLowerCase(Locale.ROOT));
          row.setInt(2, result.held().tries() + 1);
          row.setString(3, result.held().messageId());
          row.setString(4, result.held().endpointId());
          row.setInt(5, result.held().tries());
        });
  }
}
