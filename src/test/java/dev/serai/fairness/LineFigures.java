package dev.serai.fairness;

import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the store of a Serai knows about its tasks. */
final class LineFigures {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final JdbcClient jdbc;

  LineFigures(SeraiApp serai) {
    this.jdbc = serai.bean(JdbcClient.class);
  }

  /** How many tasks there are of that kind. */
  int number(String condition) {
    return jdbc.sql("SELECT COUNT(*) FROM task WHERE " + condition).query(Integer.class).single();
  }

  int inFlight() {
    return number("state = 'running' OR waits_in = 'queue'");
  }

  int waiting() {
    return number("waits_in = 'store'");
  }

  boolean isSent(String id) {
    return number("sent_priority IS NOT NULL AND confirmed AND id = '" + id + "'") == 1;
  }

  /** From the first submit to the last end, by the clock of the store. */
  Duration timeOf(List<String> ids) {
    await().atMost(LONG).until(() -> succeeded(ids) == ids.size());
    return jdbc.sql("SELECT MIN(created_at), MAX(ended_at) FROM task WHERE id IN (:ids)")
        .param("ids", ids)
        .query(
            (row, index) ->
                Duration.between(
                    row.getObject(1, OffsetDateTime.class), row.getObject(2, OffsetDateTime.class)))
        .single();
  }

  private int succeeded(List<String> ids) {
    return jdbc.sql("SELECT COUNT(*) FROM task WHERE id IN (:ids) AND state = 'succeeded'")
        .param("ids", ids)
        .query(Integer.class)
        .single();
  }

  /** How many tasks of a tenant began after the first of another was submitted, before its last. */
  int begunMeanwhile(String tenant, String other) {
    return jdbc.sql(
            "SELECT COUNT(*) FROM task WHERE tenant = ?"
                + " AND started_at > (SELECT MIN(created_at) FROM task WHERE tenant = ?)"
                + " AND started_at < (SELECT MAX(started_at) FROM task WHERE tenant = ?)")
        .param(tenant)
        .param(other)
        .param(other)
        .query(Integer.class)
        .single();
  }

  /** Deletes tasks that nobody works on. */
  void forget(String condition) {
    jdbc.sql("DELETE FROM task WHERE state <> 'running' AND " + condition).update();
  }
}
