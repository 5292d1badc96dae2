package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.broker.MessageIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores tasks before their message is published, and takes them back when it was not confirmed.
 * Bean {@code taskSubmissions}; thread-safe.
 */
@Component("taskSubmissions")
public class Submissions {
  private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final WaitingTasks waiting;

  Submissions(JdbcClient jdbc, TransactionTemplate transactions, WaitingTasks waiting) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.waiting = waiting;
  }

  /**
   * Stores a task, unless the idempotency key has one already.
   *
   * @param request JSON that has passed the schema of its type
   */
  public Submission submit(NewTask task, JsonNode request) {
    return store(task, request, "queue");
  }

  /**
   * Stores a task that waits there for its turn, unless the idempotency key has one already. There
   * is nothing to publish before its turn has come.
   *
   * @param request JSON that has passed the schema of its type
   */
  public Submission join(NewTask task, JsonNode request) {
    return store(task, request, "store");
  }

  private Submission store(NewTask task, JsonNode request, String place) {
    String id = MessageIds.next();
    String body = request.toString();
    String hash = hash(task, body);
    if (!task.isOwn() && waiting.areTooMany()) {
      return known(task, hash).orElse(new Submission("full", ""));
    }
    boolean stored =
        Boolean.TRUE.equals(
            transactions.execute(status -> insert(id, task, body, hash, place))); // on the disk
    if (stored) {
      waiting.add();
      return new Submission("new", id);
    }
    return known(task, hash).orElse(new Submission("unfinished", "")); // taken back just now
  }

  private boolean insert(String id, NewTask task, String body, String hash, String place) {
    if (place.equals("store")) {
      jdbc.sql(
              "INSERT INTO task_tenant (type, tenant, used, used_at)"
                  + " VALUES (?, ?, 0, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING")
          .param(task.type())
          .param(task.tenant())
          .update();
    }
    return jdbc.sql(
                "INSERT INTO task (id, type, state, priority, tenant, request, request_hash,"
                    + " idempotency_key, callback_url, deadline, token, cancel_asked, confirmed,"
                    + " announced, replays, waits_in, virtual_key, created_at, published_at)"
                    + " VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, 0, FALSE, FALSE, FALSE, 0, ?, ?,"
                    + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING")
            .param(id)
            .param(task.type())
            .param(task.priority())
            .param(task.tenant())
            .param(body)
            .param(hash)
            .param(task.idempotencyKey())
            .param(task.callbackUrl())
            .param(utc(task.deadline()))
            .param(place)
            .param(task.virtualKey())
            .update()
        == 1;
  }

  private Optional<Submission> known(NewTask task, String hash) {
    return jdbc.sql(
            "SELECT id, request_hash,"
                + " confirmed OR waits_in = 'store' OR sent_priority IS NOT NULL AS accepted"
                + " FROM task WHERE tenant = ? AND idempotency_key = ?")
        .param(task.tenant())
        .param(task.idempotencyKey())
        .query(
            (row, index) ->
                new Submission(
                    !row.getString("request_hash").equals(hash)
                        ? "different"
                        : row.getBoolean("accepted") ? "same" : "unfinished",
                    row.getString("id")))
        .optional();
  }

  /** What to publish of a task; null when it is gone. */
  public @Nullable TaskMessage message(String id) {
    return jdbc.sql(
            "SELECT id, type, COALESCE(sent_priority, priority) AS priority FROM task WHERE id = ?")
        .param(id)
        .query(
            (row, index) ->
                new TaskMessage(row.getString("id"), row.getString("type"), row.getInt("priority")))
        .optional()
        .orElse(null);
  }

  /** Notes that the broker has the task's message. */
  public void confirm(String id) {
    jdbc.sql("UPDATE task SET confirmed = TRUE WHERE id = ? AND NOT confirmed").param(id).update();
  }

  /**
   * Takes a task back whose message the broker did not confirm.
   *
   * <p>Not when a worker has begun it or it was published again in between: the message has
   * arrived, and only its confirm was lost.
   *
   * @param exchange failed with what it was not confirmed for
   * @throws Exception that failure, when the task is gone
   */
  public void withdraw(Exchange exchange, String id) throws Exception {
    int gone =
        jdbc.sql(
                "DELETE FROM task WHERE id = ? AND state = 'queued' AND NOT confirmed"
                    + " AND waits_in = 'queue' AND sent_priority IS NULL")
            .param(id)
            .update();
    if (gone == 1) {
      throw Objects.requireNonNull(
          exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }
    LOG.info("task {}: not confirmed, but its message has arrived", id);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  /** Of everything that makes two requests the same. */
  private static String hash(NewTask task, String body) {
    String all =
        String.join(
            "\n",
            task.type(),
            String.valueOf(task.priority()),
            String.valueOf(task.callbackUrl()),
            String.valueOf(task.deadlineText()),
            task.virtualKey() == null ? body : task.virtualKey() + "\n" + body);
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
