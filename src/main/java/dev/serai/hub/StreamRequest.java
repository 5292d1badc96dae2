package dev.serai.hub;

import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import io.vertx.core.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reads what callers want to follow; bean {@code streamRequest} of {@code GET /stream} and {@code
 * GET /ws}. Thread-safe.
 *
 * <p>Takes topics from the query alone: a header of the same name changes nothing.
 */
@Component("streamRequest")
public class StreamRequest {
  private static final int LONGEST_TOPIC = 2000;
  private static final int LONGEST_ID = 500;
  private static final int MOST_PAD = 65536;
  private static final List<String> IDS = List.of("lastEventID", "last_event_id", "Last-Event-ID");

  private final Hub hub;
  private final int mostTopics;

  StreamRequest(Hub hub, @Value("${streams.most.topics:100}") int mostTopics) {
    this.hub = hub;
    this.mostTopics = mostTopics;
  }

  /**
   * Lets the caller follow the topics of its request.
   *
   * @return the body with which the route ends
   * @throws ProblemException 400 for what cannot be, 429 and 503 as {@link Hub#follow}
   */
  public Following follow(Exchange exchange) throws ProblemException {
    Map<String, List<String>> query = query(exchange);
    return hub.follow(Channel.SSE, subscription(exchange, query, 1));
  }

  /**
   * Lets the caller follow topics over WebSocket; it may name them later.
   *
   * @return the body with which the route ends
   * @throws ProblemException as {@link #follow}
   */
  public Conversation converse(Exchange exchange) throws ProblemException {
    return hub.converse(subscription(exchange, query(exchange), 0));
  }

  private Subscription subscription(
      Exchange exchange, Map<String, List<String>> query, int leastTopics) throws ProblemException {
    List<String> topics = query.getOrDefault("topic", List.of());
    if (topics.size() < leastTopics || topics.size() > mostTopics) {
      throw bad(
          400,
          "bad-topic",
          "A stream has 1 to %d parameters topic.".formatted(mostTopics),
          "topic");
    }
    return new Subscription(
        selectors(topics),
        names -> false,
        lastEventId(exchange, query),
        null,
        address(exchange),
        pad(query));
  }

  private static List<TopicSelector> selectors(List<String> topics) throws ProblemException {
    List<TopicSelector> selectors = new ArrayList<>();
    for (String topic : topics) {
      if (!Update.isClean(topic, LONGEST_TOPIC)) {
        throw bad(
            400,
            "bad-topic",
            "A topic has 1 to %d characters, none of them a control character."
                .formatted(LONGEST_TOPIC),
            "topic");
      }
      selectors.add(TopicSelectors.of(topic));
    }
    return selectors;
  }

  /**
   * The latest event that a caller has, by its header, or else by its query; null if it says
   * nothing.
   *
   * @throws ProblemException {@code bad-event-id}
   */
  static @Nullable String lastEventId(Exchange exchange, Map<String, List<String>> query)
      throws ProblemException {
    Object header = exchange.getMessage().getHeader("Last-Event-ID");
    String id = header instanceof String text ? HeaderText.read(text) : "";
    for (String name : IDS) {
      if (id.isEmpty()) {
        id = query.getOrDefault(name, List.of("")).get(0);
      }
    }
    if (id.isEmpty()) {
      return null;
    }
    if (!Update.isClean(id, LONGEST_ID)) {
      throw bad(
          400,
          "bad-event-id",
          "Last-Event-ID is the id of an event of this stream, or \"earliest\".",
          "Last-Event-ID");
    }
    return id;
  }

  private static int pad(Map<String, List<String>> query) throws ProblemException {
    String pad = query.getOrDefault("pad", List.of("0")).get(0);
    if (!pad.matches("\\d{1,5}") || Integer.parseInt(pad) > MOST_PAD) {
      throw bad(
          400, "bad-pad", "pad is a number of bytes from 0 to %d.".formatted(MOST_PAD), "pad");
    }
    return Integer.parseInt(pad);
  }

  private static String address(Exchange exchange) {
    Object address = exchange.getMessage().getHeader("CamelVertxPlatformHttpRemoteAddress");
    return address instanceof SocketAddress socket ? String.valueOf(socket.hostAddress()) : "";
  }

  static Map<String, List<String>> query(Exchange exchange) throws ProblemException {
    Map<String, List<String>> query = new HashMap<>();
    String raw = exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY, "", String.class);
    try {
      for (String part : raw.split("&")) {
        String[] pair = part.split("=", 2);
        query
            .computeIfAbsent(decoded(pair[0]), name -> new ArrayList<>())
            .add(pair.length == 1 ? "" : decoded(pair[1]));
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          400, "bad-request", "The address holds characters that must be encoded.", List.of());
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static ProblemException bad(int status, String code, String detail, String where) {
    return new ProblemException(status, code, detail, List.of(new FieldError(where, "cannot be")));
  }
}
