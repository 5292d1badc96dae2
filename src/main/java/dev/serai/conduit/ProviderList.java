package dev.serai.conduit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The providers that are there. Bean {@code conduitProviderList}; thread-safe. */
@Component("conduitProviderList")
public class ProviderList {
  private final JdbcClient jdbc;

  ProviderList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those that are not deleted, by their ids.
   *
   * @param after the id behind which the page begins; empty: the first one
   * @param limit most of them
   * @return JSON; {@code next} is there when there are more
   */
  public String list(String after, int limit) {
    List<ObjectNode> found =
        jdbc.sql(
                "SELECT id, version, changed_at, details, has_credentials, capabilities"
                    + " FROM conduit_provider WHERE deleted = FALSE AND id > ? ORDER BY id LIMIT ?")
            .params(after, limit + 1)
            .query((row, index) -> shown(row))
            .list();
    ObjectNode answer = EventBody.JSON.createObjectNode();
    ArrayNode items = answer.putArray("items");
    found.stream().limit(limit).forEach(items::add);
    if (found.size() > limit) {
      answer.set("next", found.get(limit - 1).path("providerId"));
    }
    return answer.toString();
  }

  private static ObjectNode shown(ResultSet row) throws SQLException {
    ObjectNode shown = EventBody.JSON.createObjectNode().put("providerId", row.getString("id"));
    try {
      String details = row.getString("details");
      if (details != null) {
        shown.setAll((ObjectNode) EventBody.JSON.readTree(details));
      }
      String capabilities = row.getString("capabilities");
      if (capabilities != null) {
        shown.set("capabilities", EventBody.JSON.readTree(capabilities));
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("what was written is JSON", e);
    }
    shown.put("hasCredentials", row.getBoolean("has_credentials"));
    Long version = row.getObject("version", Long.class);
    if (version != null) {
      shown.put("version", version);
    }
    Instant changed = ProviderStates.time(row, "changed_at");
    return changed == null ? shown : shown.put("changed", changed.toString());
  }
}
