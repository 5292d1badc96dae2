package dev.serai.outbox;

import dev.serai.broker.MessageIds;
import dev.serai.files.TimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Events that were written together with what they tell of, or that the broker could not be told,
 * until somebody has published them. Bean {@code outbox}; thread-safe, also among processes.
 *
 * <p>Events about one thing go out in the order in which they were kept: whoever publishes them
 * gets all that are left and publishes them from the oldest on, up to the first that fails. So no
 * event is published for the first time before each earlier one about its thing was. Every event
 * may be published more than once.
 */
@Component("outbox")
public class Outbox {
  private static final String AGO =
      " < CURRENT_TIMESTAMP - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

  /** The oldest about their things, and all that are about none. */
  private static final String DUE =
      "SELECT id, about, body FROM outbox o WHERE box = ? AND tried_at"
          + AGO
          + " AND (about IS NULL OR NOT EXISTS (SELECT 1 FROM outbox e WHERE e.box = o.box"
          + " AND e.about = o.about AND e.number < o.number)) ORDER BY number LIMIT ?";

  private final JdbcClient jdbc;
  private final Set<String> boxes;

  /**
   * In the state's database.
   *
   * @param boxes the names that are taken: with a slip in one, events would wait where nobody looks
   */
  Outbox(JdbcClient jdbc, @Value("${serai.outbox.boxes}") Set<String> boxes) {
    this.jdbc = jdbc;
    this.boxes = new TreeSet<>(boxes);
  }

  /**
   * An event.
   *
   * @param id of its message, the same however often it is published
   * @param body JSON
   */
  public record Event(String id, String body) {}

  private record Head(String id, @Nullable String about, String body) {}

  /**
   * Keeps an event that is in no order with others.
   *
   * @param body JSON
   */
  public void keep(String box, String body) {
    put(box, null, MessageIds.next(), body);
  }

  /**
   * Keeps one within the transaction of the caller, who lets nobody else keep one about the same
   * thing until that has ended: else a later one could be seen first.
   *
   * @param about the thing, 200 characters at most
   * @param event its id is new
   */
  public void keep(String box, String about, Event event) {
    put(box, about, event.id(), event.body());
  }

  private void put(String box, @Nullable String about, String id, String body) {
    jdbc.sql(
            "INSERT INTO outbox (id, box, about, body, kept_at, tried_at)"
                + " VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
        .param(id)
        .param(known(box))
        .param(about)
        .param(body)
        .update();
  }

  /**
   * Those about one thing.
   *
   * @param limit most of them
   * @return oldest first
   */
  public List<Event> about(String box, String about, int limit) {
    return jdbc.sql(
            "SELECT id, body FROM outbox WHERE box = ? AND about = ? ORDER BY number LIMIT ?")
        .param(known(box))
        .param(about)
        .param(limit)
        .query(Event.class)
        .list();
  }

  /**
   * Events whose process has died, or could not publish them. They are not found again for a while,
   * by any process.
   *
   * @param quiet time since the latest try, such as {@code 30s}
   * @param limit most of them
   * @return oldest first, all about one thing beside each other
   */
  public List<Event> due(String box, String quiet, int limit) {
    return dueApart(box, quiet, limit).stream().flatMap(List::stream).toList();
  }

  /**
   * The same, those about each thing apart: what cannot be published about one holds up no other.
   */
  public List<List<Event>> dueApart(String box, String quiet, int limit) {
    long pause = millis(quiet);
    List<List<Event>> due = new ArrayList<>();
    int left = limit;
    for (Head head : jdbc.sql(DUE).params(known(box), pause, limit).query(Head.class).list()) {
      if (left > 0 && isMine(head.id(), pause)) {
        String about = head.about();
        List<Event> one =
            about == null ? List.of(new Event(head.id(), head.body())) : theRest(box, about, left);
        due.add(one);
        left -= one.size();
      }
    }
    return due;
  }

  private boolean isMine(String id, long pause) {
    return jdbc.sql(
                "UPDATE outbox SET tried_at = CURRENT_TIMESTAMP WHERE id = ? AND tried_at" + AGO)
            .params(id, pause)
            .update()
        == 1;
  }

  private List<Event> theRest(String box, String about, int limit) {
    jdbc.sql("UPDATE outbox SET tried_at = CURRENT_TIMESTAMP WHERE box = ? AND about = ?")
        .params(box, about)
        .update();
    return about(box, about, limit);
  }

  /**
   * Takes an event before it is published: others do not look for it for a while then.
   *
   * @return false: somebody has published it meanwhile
   */
  public boolean claim(String id) {
    return jdbc.sql("UPDATE outbox SET tried_at = CURRENT_TIMESTAMP WHERE id = ?")
            .param(id)
            .update()
        == 1;
  }

  /** The broker has it. */
  public void sent(String id) {
    jdbc.sql("DELETE FROM outbox WHERE id = ?").param(id).update();
  }

  /**
   * Deletes what nobody could be told for very long.
   *
   * @param age such as {@code 7d}
   * @param limit most of them, so that no transaction is large
   * @return whether more may be left
   */
  public boolean forget(String box, String age, int limit) {
    return jdbc.sql(
                "DELETE FROM outbox WHERE number IN (SELECT number FROM outbox WHERE box = ?"
                    + " AND kept_at"
                    + AGO
                    + " ORDER BY number LIMIT ?)")
            .params(known(box), millis(age), limit)
            .update()
        >= limit;
  }

  private String known(String box) {
    if (!boxes.contains(box)) {
      throw new IllegalArgumentException(
          "unknown-box: the outbox has no box \"%s\"; serai.outbox.boxes has: %s"
              .formatted(box, String.join(", ", boxes)));
    }
    return box;
  }

  private static long millis(String time) {
    return TimeText.read(time)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "bad-value: \"%s\" is no time; write one such as 60s".formatted(time)))
        .toMillis();
  }
}
