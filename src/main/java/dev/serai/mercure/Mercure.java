package dev.serai.mercure;

import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.hub.Channel;
import dev.serai.hub.Following;
import dev.serai.hub.Hub;
import dev.serai.hub.Subscription;
import dev.serai.hub.TopicSelector;
import dev.serai.hub.Update;
import dev.serai.urls.BadPatternException;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reads the requests of Mercure's clients; bean {@code mercure} of {@code /.well-known/mercure}.
 * Thread-safe.
 */
@Component("mercure")
public class Mercure {
  static final String METADATA = "/.well-known/oauth-protected-resource";
  private static final List<String> IDS = List.of("lastEventID", "last_event_id", "Last-Event-ID");
  private static final int LONGEST_TOPIC = 2000;
  private static final int LONGEST_ID = 500;

  private final Hub hub;
  private final Admission admission;
  private final Selectors selectors;
  private final MercureSettings settings;
  private final int mostTopics;

  Mercure(
      Hub hub,
      Admission admission,
      MercureSettings settings,
      @Value("${streams.most.topics:100}") int mostTopics) {
    this.hub = hub;
    this.admission = admission;
    this.settings = settings;
    this.selectors = new Selectors(settings.publicUrl());
    this.mostTopics = mostTopics;
  }

  /**
   * Lets the caller follow the topics of its query.
   *
   * @return the body with which the route ends
   * @throws ProblemException 400 for what cannot be, 401 without a good token, 429 and 503 as the
   *     hub
   */
  public Following follow(Exchange exchange) throws ProblemException {
    Fields query = query(exchange);
    Grants grants = admission.subscriber(exchange, query);
    return hub.follow(
        Channel.SSE,
        new Subscription(
            topics(query),
            grants::mayRead,
            lastEventId(exchange, query),
            grants.expires(),
            grants.subject() == null ? address(exchange) : "subject " + grants.subject(),
            0));
  }

  /**
   * Reads what the caller publishes.
   *
   * @return an update with an id
   * @throws ProblemException 400 for what cannot be, 401 without a good token, 403 when it is not
   *     for all of the topics
   */
  public Update publication(Exchange exchange) throws ProblemException {
    Grants grants = admission.publisher(exchange, query(exchange));
    String body = exchange.getMessage().getBody(String.class);
    Update update = Publication.read(Fields.read(body == null ? "" : body), settings.publicUrl());
    if (!grants.mayPublish(update.topics())) {
      throw admission.insufficient(
          exchange, "The token does not allow to publish to all of these topics.");
    }
    return update;
  }

  /** What a client may want to know before it has a token (RFC 9728). */
  public Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("resource", settings.publicUrl());
    if (settings.issuer() != null && !settings.issuer().isBlank()) {
      metadata.put("authorization_servers", List.of(settings.issuer()));
    }
    metadata.put(
        "authorization_details_types_supported",
        List.of("https://mercure.rocks/authorization-detail"));
    metadata.put("bearer_methods_supported", List.of("header"));
    metadata.put("mercure_cookie", "__Secure-mercure_access_token");
    metadata.put("mercure_matcher_types_supported", List.of("exact", "urlpattern"));
    metadata.put("mercure_subscriptions", false);
    return metadata;
  }

  private List<TopicSelector> topics(Fields query) throws ProblemException {
    List<TopicSelector> topics = new ArrayList<>();
    for (String name : query.names()) {
      boolean topic = name.equals("topic") || name.toLowerCase(Locale.ROOT).startsWith("match");
      for (String text : topic ? query.all(name) : List.<String>of()) {
        if (!Publication.isClean(text, LONGEST_TOPIC)) {
          throw bad(
              name, "it has 1 to 2000 characters, none of them a control or format character");
        }
        topics.add(selector(name, text));
      }
    }
    if (topics.isEmpty() || topics.size() > mostTopics) {
      throw bad(
          "topic", "there are 1 to %d of topic, match and match_urlpattern".formatted(mostTopics));
    }
    return topics;
  }

  private TopicSelector selector(String name, String text) throws ProblemException {
    try {
      return switch (name) {
        case "topic" -> selectors.template(text);
        case "match", "match_exact", "matchExact" -> selectors.exact(text);
        case "match_urlpattern", "matchURLPattern" -> selectors.urlPattern(text);
        default -> throw bad(name, "there are match and match_urlpattern only");
      };
    } catch (BadPatternException e) {
      throw bad(name, e.getMessage() == null ? "it is no pattern" : e.getMessage());
    }
  }

  private static @Nullable String lastEventId(Exchange exchange, Fields query)
      throws ProblemException {
    String header = exchange.getMessage().getHeader("Last-Event-ID", "", String.class);
    // Browsers send it as UTF-8, the server reads it as Latin 1.
    String id =
        new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    for (String name : IDS) {
      id = id.isEmpty() ? query.first(name).orElse("") : id;
    }
    if (!id.isEmpty() && !Publication.isClean(id, LONGEST_ID)) {
      throw new ProblemException(
          400,
          "bad-event-id",
          "The last event id is the id of an event of this hub, or \"earliest\".",
          List.of());
    }
    return id.isEmpty() ? null : id;
  }

  private static Fields query(Exchange exchange) throws ProblemException {
    return Fields.read(exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY, "", String.class));
  }

  private static String address(Exchange exchange) {
    Object address = exchange.getMessage().getHeader("CamelVertxPlatformHttpRemoteAddress");
    return address instanceof SocketAddress socket ? String.valueOf(socket.hostAddress()) : "";
  }

  private static ProblemException bad(String name, String rule) {
    return new ProblemException(
        400,
        "bad-topic",
        "This cannot be followed: of \"" + name + "\", " + rule + ".",
        List.of(new FieldError(name, rule)));
  }
}
