package dev.serai.fairness;

import dev.serai.broker.MessageIds;
import dev.serai.store.TestStore;
import java.util.ArrayList;
import java.util.List;

/** Tasks of type {@code llm} in the store, as their submitters and workers change them. */
final class WaitingTasks {
  private final TestStore store;

  WaitingTasks(TestStore store) {
    this.store = store;
  }

  /** Tasks that wait for their turn; their ids in that order. */
  List<String> join(String tenant, int priority, int number) {
    store
        .jdbc()
        .sql(
            "INSERT INTO task_tenant (type, tenant, used, used_at)"
                + " VALUES ('llm', ?, 0, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING")
        .param(tenant)
        .update();
    List<Object[]> rows = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      ids.add(MessageIds.next());
      rows.add(new Object[] {ids.get(i), priority, tenant});
    }
    store
        .batches()
        .batchUpdate(
            "INSERT INTO task (id, type, state, priority, tenant, request, request_hash, token,"
                + " cancel_asked, confirmed, announced, replays, waits_in, created_at, published_at)"
                + " VALUES (?, 'llm', 'queued', ?, ?, '{}', '', 0, FALSE, FALSE, FALSE, 0, 'store',"
                + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
            rows);
    return ids;
  }

  void joinedAgo(String id, String interval) {
    change("created_at = created_at - INTERVAL " + quoted(interval), id);
  }

  void begin(String id) {
    change("state = 'running', token = token + 1, confirmed = TRUE, waits_in = NULL", id);
  }

  void end(String id) {
    change("state = 'succeeded', waits_in = NULL", id);
  }

  void cancel(String id) {
    change("state = 'cancelled', waits_in = NULL", id);
  }

  /** An attempt that failed some time ago. */
  void fail(String id, String interval) {
    begin(id);
    change(
        "state = 'queued', waits_in = 'queue', published_at = CURRENT_TIMESTAMP - INTERVAL "
            + quoted(interval),
        id);
  }

  /** No provider had a budget for it. */
  void lineUp(String id) {
    begin(id);
    change("state = 'queued', waits_in = 'line', line = 'p', lined_at = CURRENT_TIMESTAMP", id);
  }

  /** A provider may have one now. */
  void call(String id) {
    change("waits_in = 'queue', published_at = CURRENT_TIMESTAMP", id);
  }

  /** {@code 1 HOUR} as SQL has it. */
  private static String quoted(String interval) {
    return "'" + interval.replace(" ", "' ");
  }

  private void change(String what, String id) {
    store.jdbc().sql("UPDATE task SET " + what + " WHERE id = ?").param(id).update();
  }

  int sentPriority(String id) {
    return store
        .jdbc()
        .sql("SELECT sent_priority FROM task WHERE id = ?")
        .param(id)
        .query(Integer.class)
        .single();
  }

  /** Of these tasks, in their order. */
  List<String> tenants(List<String> ids) {
    return ids.stream()
        .map(
            id ->
                store
                    .jdbc()
                    .sql("SELECT tenant FROM task WHERE id = ?")
                    .param(id)
                    .query(String.class)
                    .single())
        .toList();
  }

  /** Deletes all of them, and what is known of tenants. */
  void forget() {
    store.jdbc().sql("DELETE FROM task").update();
    store.jdbc().sql("DELETE FROM task_tenant").update();
  }

  /** Tenants that the line knows. */
  List<String> known() {
    return store.jdbc().sql("SELECT tenant FROM task_tenant").query(String.class).list();
  }
}
