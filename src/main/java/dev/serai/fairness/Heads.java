package dev.serai.fairness;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who is first in the line, for each tenant and priority.
 *
 * <p>Each question is answered from the index, by looking up one row for each tenant and priority:
 * how many wait behind it does not matter.
 */
final class Heads {
  private static final String IN_LINE = " FROM task k WHERE k.type = ? AND k.waits_in = 'store'";

  /** In the order of the index: else H2 would sort, and PostgreSQL might read the whole table. */
  private static final String OLDEST =
      " ORDER BY k.type, k.waits_in, k.priority, k.tenant, k.id LIMIT 1";

  private static final String PRIORITIES =
      "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)) AS p (priority)";

  private static final String WAITED =
      "SELECT w.id, w.tenant, w.priority,"
          + " EXTRACT(EPOCH FROM (CURRENT_TIMESTAMP - w.created_at)) AS waited FROM task w"
          + " WHERE w.id ";

  private final JdbcClient jdbc;
  private final String type;
  private final Ageing ageing;

  Heads(JdbcClient jdbc, String type, Ageing ageing) {
    this.jdbc = jdbc;
    this.type = type;
    this.ageing = ageing;
  }

  /** Whether anybody is in the line. */
  boolean exist() {
    return jdbc.sql("SELECT k.id" + IN_LINE + OLDEST)
        .param(type)
        .query(String.class)
        .optional()
        .isPresent();
  }

  /** One for each tenant and priority that has tasks in the line. */
  List<Head> all() {
    List<Integer> priorities =
        jdbc.sql(
                "SELECT p.priority FROM "
                    + PRIORITIES
                    + " WHERE (SELECT k.id"
                    + IN_LINE
                    + " AND k.priority = p.priority"
                    + OLDEST
                    + ") IS NOT NULL")
            .param(type)
            .query(Integer.class)
            .list();
    return priorities.stream().flatMap(priority -> of(priority).stream()).toList();
  }

  private List<Head> of(int priority) {
    List<String> ids =
        jdbc
            .sql(
                "SELECT (SELECT k.id"
                    + IN_LINE
                    + " AND k.priority = ? AND k.tenant = t.tenant"
                    + OLDEST
                    + ") AS id FROM task_tenant t WHERE t.type = ?")
            .param(type)
            .param(priority)
            .param(type)
            .query((row, index) -> Optional.ofNullable(row.getString("id")))
            .list()
            .stream()
            .flatMap(Optional::stream)
            .toList();
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(WAITED + "IN (:ids)").param("ids", ids).query(this::head).list();
  }

  /** The one of a tenant and priority, if any is left. */
  Optional<Head> first(int priority, String tenant) {
    return jdbc.sql(
            WAITED
                + "= (SELECT k.id"
                + IN_LINE
                + " AND k.priority = ? AND k.tenant = ?"
                + OLDEST
                + ")")
        .param(type)
        .param(priority)
        .param(tenant)
        .query(this::head)
        .optional();
  }

  private Head head(ResultSet row, int index) throws SQLException {
    int own = row.getInt("priority");
    Duration waited = Duration.ofMillis((long) (row.getDouble("waited") * 1000));
    return new Head(
        row.getString("id"), row.getString("tenant"), own, ageing.priority(own, waited));
  }
}
