package dev.serai.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a client can say over WebSocket.
 *
 * @param selectors makes those of topics
 * @param mostTopics of one connection
 * @param places finds where a client goes on; may wait for the store
 */
record Vocabulary(TopicSelectors selectors, int mostTopics, Function<Subscription, Long> places) {
  private static final Map<String, String> NAMES =
      Map.of("topics", "topic", "match", "match", "match_urlpattern", "match_urlpattern");

  /** The members of a message that name topics. */
  static final Set<String> LISTS = NAMES.keySet();

  private static final int LONGEST_ID = 500;

  /**
   * The topics of a message.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  List<TopicSelector> topics(JsonNode message) {
    List<TopicSelector> topics = new ArrayList<>();
    NAMES.forEach(
        (list, name) -> {
          JsonNode texts = message.path(list);
          if (!texts.isMissingNode() && !texts.isArray()) {
            throw noList();
          }
          for (JsonNode text : texts) {
            if (!text.isTextual()) {
              throw noList();
            }
            topics.add(selectors.named(name, text.asText()));
          }
        });
    if (topics.isEmpty()) {
      throw noList();
    }
    return topics;
  }

  private static IllegalArgumentException noList() {
    return new IllegalArgumentException("topics, match or match_urlpattern is a list of texts");
  }

  /**
   * The update behind which the client goes on; null: it does not say.
   *
   * @throws IllegalArgumentException if there can be none
   */
  @Nullable String lastEventId(JsonNode message) {
    String id = message.path("lastEventId").asText("");
    if (!id.isEmpty() && !Update.isClean(id, LONGEST_ID)) {
      throw new IllegalArgumentException("lastEventId is the id of an update, or earliest");
    }
    return id.isEmpty() ? null : id;
  }
}
