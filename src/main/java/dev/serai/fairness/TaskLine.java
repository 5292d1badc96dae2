package dev.serai.fairness;

import dev.serai.files.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tasks that wait in the store for their turn. Bean {@code taskLine}; thread-safe.
 *
 * <p>All processes on one database may ask whose turn it is: a lock on the line makes them count
 * one after the other.
 */
@Component("taskLine")
public class TaskLine {
  private static final int PLACES_OF_A_WORKER = 2; // one in work, one that waits for it

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Places places;
  private final Map<String, Looks> looks = new ConcurrentHashMap<>();

  TaskLine(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      @Value("${helixagent.tasks.retry.wait:60s}") String retryWait) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.places = new Places(jdbc, TimeText.read(retryWait).orElse(Duration.ZERO));
  }

  /**
   * Gives those their turn who are next, as long as workers have places. Their messages have to be
   * published then; until that is confirmed, the sweep takes care of them.
   *
   * <p>A worker has two places: for the task that it works on, and for the next one. The last place
   * of all is kept for a task of a higher priority than any other in the queue.
   *
   * @param workers of all processes together
   * @param ageing {@code 0}, or a time after which a task counts as one priority higher
   * @param weights of tenants, as {@code tenant=weight, …}
   * @return ids, the first one first; empty also when another thread of this process looks just now
   */
  public List<String> next(String type, long workers, String ageing, String weights) {
    Ageing older = Ageing.read(ageing);
    Weights heavier = Weights.read(weights);
    long all = workers * PLACES_OF_A_WORKER;
    return look(type, () -> take(type, all, new Heads(jdbc, type, older), heavier));
  }

  /**
   * Gives everybody their turn, because nobody has to wait any more.
   *
   * @param limit most of them
   * @return ids, the highest priority first, then the oldest
   */
  public List<String> rest(String type, int limit) {
    return look(type, () -> takeAll(type, limit));
  }

  /** One look at a time, while the line is locked. */
  private List<String> look(String type, Supplier<List<String>> take) {
    return looks
        .computeIfAbsent(type, name -> new Looks())
        .look(
            () -> {
              if (!new Heads(jdbc, type, new Ageing(Duration.ZERO)).exist()) {
                return List.of();
              }
              places.know(type);
              return Objects.requireNonNull(
                  transactions.execute(
                      status -> {
                        places.lock(type);
                        return take.get();
                      }));
            });
  }

  private List<String> take(String type, long all, Heads heads, Weights weights) {
    InFlight inFlight = places.inFlight(type);
    long free = all - inFlight.total();
    if (free <= 0) {
      return List.of();
    }
    Shares shares = new Shares(places.used(type), inFlight, weights);
    List<Head> first = new ArrayList<>(heads.all());
    List<String> taken = new ArrayList<>();
    Set<String> tenants = new LinkedHashSet<>();
    while (free > 0 && !first.isEmpty()) {
      Head next = Collections.min(first, shares.order());
      if (free == 1 && !inFlight.isOvertakenBy(next.priority())) {
        break;
      }
      boolean wasThere = places.take(next);
      first.remove(next);
      heads.first(next.own(), next.tenant()).ifPresent(first::add);
      if (wasThere) {
        shares.add(next);
        taken.add(next.id());
        tenants.add(next.tenant());
        free--;
      }
    }
    places.charge(type, tenants, shares);
    return taken;
  }

  private List<String> takeAll(String type, int limit) {
    List<Head> all =
        jdbc.sql(
                "SELECT id, tenant, priority FROM task WHERE type = ? AND waits_in = 'store'"
                    + " ORDER BY priority DESC, id LIMIT ?")
            .param(type)
            .param(limit)
            .query(
                (row, index) ->
                    new Head(
                        row.getString("id"),
                        row.getString("tenant"),
                        row.getInt("priority"),
                        row.getInt("priority")))
            .list();
    return all.stream().filter(places::take).map(Head::id).toList();
  }

  /** Puts a task back whose message could not be published, unless a worker has it already. */
  public void back(String id) {
    jdbc.sql(
            "UPDATE task SET waits_in = 'store', sent_priority = NULL WHERE id = ?"
                + " AND state = 'queued' AND token = 0 AND NOT confirmed")
        .param(id)
        .update();
  }

  /** Forgets tenants that have had no task for a while, and knows those again that have. */
  public void tidy(String type) {
    jdbc.sql(
            "DELETE FROM task_tenant t WHERE t.type = ? AND t.used_at < CURRENT_TIMESTAMP"
                + " - INTERVAL '1' HOUR AND NOT EXISTS (SELECT 1 FROM task k WHERE k.type = t.type"
                + " AND k.waits_in = 'store' AND k.tenant = t.tenant)")
        .param(type)
        .update();
    jdbc.sql(
            "INSERT INTO task_tenant (type, tenant, used, used_at)"
                + " SELECT DISTINCT type, tenant, 0, CURRENT_TIMESTAMP FROM task"
                + " WHERE type = ? AND waits_in = 'store' ON CONFLICT DO NOTHING")
        .param(type)
        .update();
  }
}
