package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.Sidecar;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What {@code GET /tasks} lists. */
public final class ListedTasks {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ListedTasks() {}

  /** All pages. */
  public static List<JsonNode> of(Sidecar serai, String query) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          JSON.readTree(serai.get("/tasks?limit=1000&" + query + "&after=" + after).body());
      page.path("items").forEach(found::add);
      after = page.path("next").asText("");
    } while (!after.isEmpty());
    return found;
  }

  /** How many attempts of a task have ended so. */
  public static long outcomes(JsonNode task, String outcome) {
    return StreamSupport.stream(task.path("attempts").spliterator(), false)
        .filter(attempt -> attempt.path("outcome").asText().equals(outcome))
        .count();
  }
}
