package dev.serai.correlation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Chains in the state's database. */
class SqlChains implements ChainStore {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;

  SqlChains(JdbcTemplate jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  private record Link(String parent, String child) {}

  @Override
  public void add(List<Sighting> sightings) {
    transactions.executeWithoutResult(status -> insert(sightings));
  }

  private void insert(List<Sighting> sightings) {
    // In one order, so that two processes that add the same events do not wait for each other.
    List<LinkedEvent> events =
        sightings.stream()
            .map(Sighting::event)
            .sorted(Comparator.comparing(LinkedEvent::id))
            .toList();
    jdbc.batchUpdate(
        "INSERT INTO correlation_event (id, correlation_id, parents, type, source, happened_at,"
            + " recorded_at) VALUES (?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING",
        events,
        events.size(),
        (row, event) -> {
          row.setString(1, event.id());
          row.setString(2, event.correlationId());
          row.setString(3, ChainJson.write(event.parents()));
          row.setString(4, event.type());
          row.setString(5, event.source());
          row.setObject(6, OffsetDateTime.ofInstant(event.time(), ZoneOffset.UTC));
        });
    insertLinks(events);
    jdbc.batchUpdate(
        "INSERT INTO correlation_step (event_id, id, step) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        sightings,
        sightings.size(),
        (row, sighting) -> {
          row.setString(1, sighting.event().id());
          row.setString(2, sighting.step().id());
          row.setString(3, ChainJson.write(sighting.step()));
        });
  }

  private void insertLinks(List<LinkedEvent> events) {
    List<Link> links =
        events.stream()
            .flatMap(e -> e.parents().stream().map(parent -> new Link(parent, e.id())))
            .toList();
    if (!links.isEmpty()) {
      jdbc.batchUpdate(
          "INSERT INTO correlation_parent (parent_id, child_id) VALUES (?, ?)"
              + " ON CONFLICT DO NOTHING",
          links,
          links.size(),
          (row, link) -> {
            row.setString(1, link.parent());
            row.setString(2, link.child());
          });
    }
  }

  @Override
  public Map<String, LinkedEvent> events(Collection<String> ids) {
    Map<String, LinkedEvent> found = new HashMap<>();
    jdbc.query(
        "SELECT id, correlation_id, parents, type, source, happened_at FROM correlation_event"
            + " WHERE id = ANY(?)",
        row -> {
          LinkedEvent event = event(row);
          found.put(event.id(), event);
        },
        array(ids));
    return found;
  }

  private static LinkedEvent event(ResultSet row) throws SQLException {
    Instant time = Objects.requireNonNull(row.getObject(6, OffsetDateTime.class)).toInstant();
    return new LinkedEvent(
        row.getString(1),
        row.getString(2),
        ChainJson.ids(row.getString(3)),
        row.getString(4),
        row.getString(5),
        time);
  }

  @Override
  public List<String> children(Collection<String> ids, int most) {
    return jdbc.queryForList(
        "SELECT DISTINCT child_id FROM correlation_parent WHERE parent_id = ANY(?) LIMIT ?",
        String.class,
        array(ids),
        most);
  }

  @Override
  public List<String> group(String correlationId, int most) {
    return jdbc.queryForList(
        "SELECT id FROM correlation_event WHERE correlation_id = ?"
            + " ORDER BY correlation_id, happened_at, id LIMIT ?",
        String.class,
        correlationId,
        most);
  }

  @Override
  public Map<String, List<Step>> steps(Collection<String> ids) {
    Map<String, List<Step>> found = new HashMap<>();
    jdbc.query(
        "SELECT event_id, id, step FROM correlation_step WHERE event_id = ANY(?)"
            + " ORDER BY event_id, id",
        row -> {
          found
              .computeIfAbsent(row.getString(1), event -> new ArrayList<>())
              .add(ChainJson.step(row.getString(2), row.getString(3)));
        },
        array(ids));
    return found;
  }

  @Override
  public int forget(Duration age, int most) {
    String[] old =
        jdbc.queryForList(
                "SELECT id FROM correlation_event WHERE recorded_at < CURRENT_TIMESTAMP"
                    + " - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND"
                    + " ORDER BY recorded_at, id LIMIT ?",
                String.class,
                age.toMillis(),
                most)
            .toArray(String[]::new);
    if (old.length > 0) {
      transactions.executeWithoutResult(
          status -> {
            for (String table :
                new String[] {
                  "correlation_step WHERE event_id",
                  "correlation_parent WHERE child_id",
                  "correlation_event WHERE id"
                }) {
              jdbc.update("DELETE FROM " + table + " = ANY(?)", (Object) old);
            }
          });
    }
    return old.length;
  }

  private static Object array(Collection<String> ids) {
    return ids.toArray(String[]::new);
  }
}
