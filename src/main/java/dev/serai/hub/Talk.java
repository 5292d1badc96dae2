package dev.serai.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.http.LiveSocket.Caller;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client says over WebSocket, and what it is answered, one message after the other. Used on
 * the loop of its connection.
 */
final class Talk {
  private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRY_AGAIN_LATER = 1013;
  private static final int MOST_WAITING = 100;
  private static final int MOST_UNREAD = 128 * 1024; // characters that it says and reads nothing
  private static final int ANSWER = 100; // characters that are answered to the shortest message

  private final Caller caller;
  private final Client client;
  private final Aside aside;
  private final Vocabulary vocabulary;
  private final Queue<String> waiting = new ArrayDeque<>();
  private final Consumer<Ending> end;
  private boolean busy;
  private int unread;

  /** Works on another thread; what comes of it is run on the loop. */
  @FunctionalInterface
  interface Aside {
    void work(Supplier<Runnable> work);
  }

  /**
   * Waits for what the client says.
   *
   * @param end ends its connection
   */
  Talk(Caller caller, Client client, Aside aside, Vocabulary vocabulary, Consumer<Ending> end) {
    this.end = end;
    this.caller = caller;
    this.client = client;
    this.aside = aside;
    this.vocabulary = vocabulary;
  }

  /** Takes a message of the client. */
  void said(String text) {
    unread = caller.isReady() ? 0 : unread + text.length() + ANSWER;
    if (unread > MOST_UNREAD || waiting.size() == MOST_WAITING) { // it says much and takes nothing
      end.accept(Ending.TOO_SLOW);
      return;
    }
    waiting.add(text);
    goOn();
  }

  private void goOn() {
    while (!busy && !waiting.isEmpty()) {
      take(waiting.remove());
    }
  }

  private void take(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      Subscription now = client.subscription();
      switch (message.path("type").asText()) {
        case "ping" -> answer(Map.of("type", "pong"));
        case "subscribe" -> consider(() -> subscribe(message, now));
        case "unsubscribe" -> consider(() -> unsubscribe(message, now));
        default -> refuse("type is subscribe, unsubscribe or ping");
      }
    } catch (JsonProcessingException e) {
      refuse("no JSON");
    }
  }

  /** To compile selectors, and to ask the store, takes too long for the loop. */
  private void consider(Supplier<Runnable> change) {
    busy = true;
    aside.work(
        () -> {
          Runnable found = attempt(change);
          return () -> {
            busy = false;
            try {
              found.run();
            } catch (Throwable e) {
              fail(e);
            }
            goOn();
          };
        });
  }

  private Runnable attempt(Supplier<Runnable> change) {
    try {
      return change.get();
    } catch (IllegalArgumentException e) {
      return () -> refuse(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("stream-waits: {}", e.getMessage());
      return () -> caller.end(TRY_AGAIN_LATER, "store-unavailable");
    } catch (Throwable e) { // or nothing of it would be answered any more
      return () -> fail(e);
    }
  }

  private void fail(Throwable e) {
    LOG.error("stream-failed: what a client has said could not be done; its connection ends", e);
    waiting.clear();
    end.accept(Ending.FAILED);
  }

  private Runnable subscribe(JsonNode message, Subscription now) {
    List<TopicSelector> all = new ArrayList<>(now.topics());
    vocabulary.topics(message).stream().filter(topic -> !all.contains(topic)).forEach(all::add);
    if (all.size() > vocabulary.mostTopics()) {
      throw new IllegalArgumentException(
          "there may be %d topics".formatted(vocabulary.mostTopics()));
    }
    String id = vocabulary.lastEventId(message);
    Subscription changed = now.with(all, id);
    return change("subscribed", message, changed, id == null ? null : place(changed));
  }

  private Long place(Subscription changed) {
    return vocabulary.places().apply(changed);
  }

  private Runnable unsubscribe(JsonNode message, Subscription now) {
    List<TopicSelector> rest = new ArrayList<>(now.topics());
    rest.removeAll(vocabulary.topics(message));
    return change("unsubscribed", message, now.with(rest, null), null);
  }

  private Runnable change(
      String confirmed, JsonNode message, Subscription changed, @Nullable Long place) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("type", confirmed);
    for (String list : Vocabulary.LISTS) {
      if (message.has(list)) {
        said.put(list, message.get(list));
      }
    }
    return () -> {
      client.advance(); // what has come until now is for the topics until now
      answer(said);
      client.follow(changed, place);
    };
  }

  private void refuse(String detail) {
    answer(Map.of("type", "error", "code", "bad-message", "detail", detail));
  }

  private void answer(Map<String, Object> said) {
    caller.send(SocketFrames.text(said));
  }
}
