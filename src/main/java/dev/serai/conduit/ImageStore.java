package dev.serai.conduit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.files.TimeText;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Images that were made, which nobody has to pay for again when their request comes once more. Bean
 * {@code conduitImageStore}; thread-safe.
 */
@Component("conduitImageStore")
public class ImageStore {
  private final JdbcClient jdbc;

  ImageStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Row(String asked, String answer) {}

  /**
   * What was made of a request.
   *
   * @return JSON's null: nothing yet
   * @throws PoisonMessageException if something else was asked for under its id
   */
  public JsonNode find(ImageRequest request) throws JsonProcessingException {
    Row row =
        jdbc.sql("SELECT asked, answer FROM conduit_image WHERE request_id = ?")
            .param(request.id())
            .query(Row.class)
            .optional()
            .orElse(null);
    if (row == null) {
      return NullNode.getInstance();
    }
    if (!row.asked().equals(asked(request))) {
      throw new PoisonMessageException(
          "image-conflict: other images were made for the request " + request.id());
    }
    return EventBody.JSON.readTree(row.answer());
  }

  /**
   * Keeps what was made.
   *
   * @return what counts for the request: it may have come twice, and the first images are told
   * @throws PoisonMessageException if something else was asked for under its id
   */
  public JsonNode keep(ImageRequest request, JsonNode made) throws JsonProcessingException {
    jdbc.sql(
            "INSERT INTO conduit_image (request_id, asked, answer, made_at)"
                + " VALUES (?, ?, ?, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING")
        .param(request.id())
        .param(asked(request))
        .param(made.toString())
        .update();
    JsonNode first = find(request);
    return first.isNull() ? made : first;
  }

  private static String asked(ImageRequest request) {
    return EventBody.JSON
        .createArrayNode()
        .add(request.virtualKey())
        .add(request.body())
        .toString();
  }

  /**
   * Forgets those that are older.
   *
   * @param age such as {@code 1d}
   * @param limit most of them, so that no transaction is large
   * @return whether more may be left
   */
  public boolean forget(String age, int limit) {
    return jdbc.sql(
                "DELETE FROM conduit_image WHERE request_id IN (SELECT request_id FROM conduit_image"
                    + " WHERE made_at < CURRENT_TIMESTAMP"
                    + " - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND ORDER BY made_at LIMIT ?)")
            .param(TimeText.read(age).orElseThrow().toMillis())
            .param(limit)
            .update()
        >= limit;
  }
}
