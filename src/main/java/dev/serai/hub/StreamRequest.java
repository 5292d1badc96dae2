package dev.serai.hub;

import dev.serai.http.Fields;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.http.Sent;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private static final int LONGEST_ID = 500;
  private static final int MOST_PAD = 65536;
  private static final List<String> IDS = List.of("lastEventID", "last_event_id", "Last-Event-ID");

  private final Hub hub;
  private final Rights rights;
  private final TopicSelectors selectors;
  private final int mostTopics;

  StreamRequest(
      Hub hub,
      Rights rights,
      TopicSelectors selectors,
      @Value("${streams.most.topics:100}") int mostTopics) {
    this.hub = hub;
    this.rights = rights;
    this.selectors = selectors;
    this.mostTopics = mostTopics;
  }

  /**
   * Lets the caller follow the topics of its request, the private updates included that its token
   * is for.
   *
   * @return the body with which the route ends
   * @throws ProblemException 400 for what cannot be, 401 for a token that is not good, 429 and 503
   *     as {@link Hub#follow}
   */
  public Following follow(Exchange exchange) throws ProblemException {
    return hub.follow(Channel.SSE, wanted(exchange, rights.of(exchange)), Visit.UNNOTED);
  }

  /**
   * What a caller with this leave wants to follow.
   *
   * @return with one topic or more
   * @throws ProblemException 400 for what cannot be
   */
  public Subscription wanted(Exchange exchange, Leave leave) throws ProblemException {
    return subscription(exchange, leave, 1);
  }

  /**
   * Lets the caller follow topics over WebSocket; it may name them later.
   *
   * @return the body with which the route ends
   * @throws ProblemException as {@link #follow}
   */
  public Conversation converse(Exchange exchange) throws ProblemException {
    return hub.converse(subscription(exchange, rights.of(exchange), 0));
  }

  private Subscription subscription(Exchange exchange, Leave leave, int leastTopics)
      throws ProblemException {
    Fields query = Fields.ofQuery(exchange);
    return new Subscription(
        topics(query, leastTopics),
        leave.privates(),
        lastEventId(exchange, query),
        leave.expires(),
        leave.subject() == null ? address(exchange) : "subject " + leave.subject(),
        new Manner(pad(query), isEventSource(exchange)));
  }

  private List<TopicSelector> topics(Fields query, int least) throws ProblemException {
    List<TopicSelector> topics = new ArrayList<>();
    for (String name : query.names()) {
      boolean topic = name.equals("topic") || name.toLowerCase(Locale.ROOT).startsWith("match");
      for (String text : topic ? query.all(name) : List.<String>of()) {
        try {
          topics.add(selectors.named(name, text));
        } catch (IllegalArgumentException e) {
          throw badTopic(name, String.valueOf(e.getMessage()));
        }
      }
    }
    if (topics.size() < least || topics.size() > mostTopics) {
      throw badTopic(
          "topic",
          "there are %d to %d of topic, match and match_urlpattern".formatted(least, mostTopics));
    }
    return topics;
  }

  /** The latest event that a caller has, by its header, or else by its query. */
  private static @Nullable String lastEventId(Exchange exchange, Fields query)
      throws ProblemException {
    String id = HeaderText.read(Sent.header(exchange, "Last-Event-ID").orElse("")).strip();
    for (String name : IDS) {
      id = id.isEmpty() ? query.first(name).orElse("") : id;
    }
    if (!id.isEmpty() && !Update.isClean(id, LONGEST_ID)) {
      throw bad(
          400,
          "bad-event-id",
          "Last-Event-ID",
          "Last-Event-ID is the id of an event of this stream, or \"earliest\".");
    }
    return id.isEmpty() ? null : id;
  }

  /** {@code EventSource} never asks a cache; others, which read the stream themselves, do. */
  private static boolean isEventSource(Exchange exchange) throws ProblemException {
    String cache = Sent.header(exchange, "Cache-Control").orElse("");
    return cache.contains("no-cache") || cache.contains("no-store");
  }

  private static int pad(Fields query) throws ProblemException {
    String pad = query.first("pad").orElse("0");
    if (!pad.matches("\\d{1,5}") || Integer.parseInt(pad) > MOST_PAD) {
      throw bad(
          400, "bad-pad", "pad", "pad is a number of bytes from 0 to %d.".formatted(MOST_PAD));
    }
    return Integer.parseInt(pad);
  }

  private static String address(Exchange exchange) {
    Object address = exchange.getMessage().getHeader("CamelVertxPlatformHttpRemoteAddress");
    return address instanceof SocketAddress socket ? String.valueOf(socket.hostAddress()) : "";
  }

  private static ProblemException badTopic(String name, String rule) {
    return bad(
        400, "bad-topic", name, "This cannot be followed: of \"" + name + "\", " + rule + ".");
  }

  private static ProblemException bad(int status, String code, String where, String detail) {
    return new ProblemException(status, code, detail, List.of(new FieldError(where, "cannot be")));
  }
}
