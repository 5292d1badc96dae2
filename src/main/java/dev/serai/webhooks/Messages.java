package dev.serai.webhooks;

import static dev.serai.webhooks.Endpoints.MILLIS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes events and who has to get them. Part of the caller's transaction; thread-safe. */
@Component("webhookMessages")
class Messages {
  private final JdbcTemplate jdbc;

  Messages(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A delivery that has to be made.
   *
   * @param pause before the first attempt
   * @param held whether this process makes it itself
   */
  record Due(Incoming event, String endpointId, Duration pause, boolean held) {}

  /**
   * Those of the events that the store does not have yet under their id, with an id that no other
   * event has; and those it has.
   *
   * @param fresh to be added
   * @param known are there already
   */
  record Sorted(Collection<Incoming> fresh, Collection<Incoming> known) {}

  /** Looks which events are new. */
  Sorted sort(Collection<Incoming> events) {
    Map<String, Incoming> fresh = new LinkedHashMap<>();
    Map<String, Incoming> known = new LinkedHashMap<>();
    Map<String, String> digests = digests(events);
    List<Incoming> renamed = new ArrayList<>();
    for (Incoming event : events) {
      Incoming before = fresh.get(event.id());
      String digest = before == null ? digests.get(event.id()) : before.digest();
      if (digest == null) {
        fresh.put(event.id(), event);
      } else if (!digest.equals(event.digest())) {
        renamed.add(event.renamed());
      } else if (before == null) {
        known.put(event.id(), event);
      }
    }
    if (!renamed.isEmpty()) { // their ids differ from each other by what they are
      Set<String> stored = digests(renamed).keySet();
      renamed.forEach(
          event -> (stored.contains(event.id()) ? known : fresh).put(event.id(), event));
    }
    return new Sorted(fresh.values(), known.values());
  }

  private Map<String, String> digests(Collection<Incoming> events) {
    Map<String, String> digests = new HashMap<>();
    jdbc.query(
        "SELECT id, digest FROM webhook_message WHERE id = ANY(?)",
        row -> {
          digests.put(row.getString(1), row.getString(2));
        },
        (Object) events.stream().map(Incoming::id).toArray(String[]::new));
    return digests;
  }

  /** Which endpoints have these events already, as {@code message endpoint}. */
  Set<String> delivered(Collection<Incoming> known) {
    Set<String> found = new HashSet<>();
    if (!known.isEmpty()) {
      jdbc.query(
          "SELECT message_id, endpoint_id FROM webhook_delivery WHERE message_id = ANY(?)",
          row -> {
            found.add(row.getString(1) + " " + row.getString(2));
          },
          (Object) known.stream().map(Incoming::id).toArray(String[]::new));
    }
    return found;
  }

  void add(Collection<Incoming> events) {
    jdbc.batchUpdate(
        "INSERT INTO webhook_message (id, digest, type, headers, body, stored_at)"
            + " VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING",
        events,
        events.size(),
        (row, event) -> {
          row.setString(1, event.id());
          row.setString(2, event.digest());
          row.setString(3, event.type());
          row.setString(4, WebhookJson.write(event.headers()));
          row.setBytes(5, event.body());
        });
  }

  /**
   * Adds deliveries.
   *
   * @param lease time for which nobody else makes those that are held
   */
  void deliver(Collection<Due> deliveries, Duration lease) {
    jdbc.batchUpdate(
        "INSERT INTO webhook_delivery (message_id, endpoint_id, state, tries, held, size, due_at)"
            + " VALUES (?, ?, 'pending', 0, ?, ?, CURRENT_TIMESTAMP + "
            + MILLIS
            + ") ON CONFLICT DO NOTHING",
        deliveries,
        deliveries.size(),
        (row, due) -> {
          row.setString(1, due.event().id());
          row.setString(2, due.endpointId());
          row.setBoolean(3, due.held());
          row.setInt(4, due.event().body().length);
          row.setLong(5, due.held() ? lease.toMillis() : due.pause().toMillis());
        });
  }
}
