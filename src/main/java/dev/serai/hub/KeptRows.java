package dev.serai.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Updates as rows of the store. */
final class KeptRows {
  /** Reads the columns that {@link #read} needs. */
  static final String SELECT =
      "SELECT sequence, id, topics, data, is_private, type, retry FROM stream_update";

  private static final ObjectMapper JSON = new ObjectMapper();

  private KeptRows() {}

  static Kept read(ResultSet row) throws SQLException {
    return new Kept(
        row.getLong("sequence"),
        new Update(
            topics(row.getString("topics")),
            row.getString("data"),
            row.getBoolean("is_private"),
            row.getString("id"),
            row.getString("type"),
            row.getObject("retry", Long.class)));
  }

  static List<String> topics(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String json(List<String> topics) {
    try {
      return JSON.writeValueAsString(topics);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
