package dev.serai.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.http.LiveSocket.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client says over WebSocket, and what it is answered. Used on the loop of its connection.
 */
final class Talk {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int POLICY = 1008;
  private static final int LONGEST_TOPIC = 2000;
  private static final int LONGEST_ID = 500;

  private final Caller caller;
  private final Client client;
  private final Search search;
  private final int mostTopics;

  /** Finds where a client goes on, on another thread. */
  @FunctionalInterface
  interface Search {
    void find(Subscription subscription, Consumer<Long> found);
  }

  Talk(Caller caller, Client client, Search search, int mostTopics) {
    this.caller = caller;
    this.client = client;
    this.search = search;
    this.mostTopics = mostTopics;
  }

  /** Takes a message of the client. */
  void said(String text) {
    if (!caller.isReady()) { // it says much and takes nothing
      caller.end(POLICY, Ending.TOO_SLOW.reason());
      return;
    }
    try {
      JsonNode message = JSON.readTree(text);
      switch (message.path("type").asText()) {
        case "ping" -> answer(Map.of("type", "pong"));
        case "subscribe" -> subscribe(topics(message), lastEventId(message));
        case "unsubscribe" -> unsubscribe(topics(message));
        default -> refuse("type is subscribe, unsubscribe or ping");
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      refuse(e instanceof IllegalArgumentException ? String.valueOf(e.getMessage()) : "no JSON");
    }
  }

  private static List<String> topics(JsonNode message) {
    List<String> topics = new ArrayList<>();
    message.path("topics").forEach(topic -> topics.add(topic.asText()));
    if (topics.isEmpty() || !topics.stream().allMatch(t -> Update.isClean(t, LONGEST_TOPIC))) {
      throw new IllegalArgumentException(
          "topics is a list of texts of 1 to %d characters".formatted(LONGEST_TOPIC));
    }
    return topics;
  }

  private static @Nullable String lastEventId(JsonNode message) {
    String id = message.path("lastEventId").asText("");
    if (!id.isEmpty() && !Update.isClean(id, LONGEST_ID)) {
      throw new IllegalArgumentException("lastEventId is the id of an update, or earliest");
    }
    return id.isEmpty() ? null : id;
  }

  private void subscribe(List<String> topics, @Nullable String lastEventId) {
    List<TopicSelector> all = new ArrayList<>(client.subscription().topics());
    topics.stream().map(TopicSelectors::of).filter(t -> !all.contains(t)).forEach(all::add);
    if (all.size() > mostTopics) {
      throw new IllegalArgumentException("there may be %d topics".formatted(mostTopics));
    }
    Subscription changed = client.subscription().with(all, lastEventId);
    if (lastEventId == null) {
      client.follow(changed, null);
      answer(Map.of("type", "subscribed", "topics", topics));
      return;
    }
    search.find(
        changed,
        place -> {
          answer(Map.of("type", "subscribed", "topics", topics));
          client.follow(changed, place);
        });
  }

  private void unsubscribe(List<String> topics) {
    List<TopicSelector> rest = new ArrayList<>(client.subscription().topics());
    topics.stream().map(TopicSelectors::of).forEach(rest::remove);
    client.follow(client.subscription().with(rest, null), null);
    answer(Map.of("type", "unsubscribed", "topics", topics));
  }

  private void refuse(String detail) {
    answer(Map.of("type", "error", "code", "bad-message", "detail", detail));
  }

  private void answer(Map<String, Object> said) {
    caller.send(SocketFrames.text(said));
  }
}
