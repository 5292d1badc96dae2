package dev.serai.mercure;

import dev.serai.http.Fields;
import dev.serai.http.ProblemException;
import dev.serai.hub.Channel;
import dev.serai.hub.Following;
import dev.serai.hub.Hub;
import dev.serai.hub.StreamRequest;
import dev.serai.hub.Subscription;
import dev.serai.hub.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Reads the requests of Mercure's clients; bean {@code mercure} of {@code /.well-known/mercure}.
 * Thread-safe.
 */
@Component("mercure")
public class Mercure {
  static final String METADATA = "/.well-known/oauth-protected-resource";

  private final Hub hub;
  private final StreamRequest streams;
  private final Admission admission;
  private final Attendants attendants;
  private final MercureSettings settings;

  Mercure(
      Hub hub,
      StreamRequest streams,
      Admission admission,
      Attendants attendants,
      MercureSettings settings) {
    this.hub = hub;
    this.streams = streams;
    this.admission = admission;
    this.attendants = attendants;
    this.settings = settings;
  }

  /**
   * Lets the caller follow the topics of its query.
   *
   * @return the body with which the route ends
   * @throws ProblemException 401 without a good token, else as {@link StreamRequest#follow}
   */
  public Following follow(Exchange exchange) throws ProblemException {
    Grants grants = admission.subscriber(exchange);
    Subscription wanted = streams.wanted(exchange, grants.leave());
    return hub.follow(Channel.SSE, wanted, attendants.expect(wanted.topics(), grants.payload()));
  }

  /**
   * Reads what the caller publishes.
   *
   * @return an update with an id
   * @throws ProblemException 400 for what cannot be, 401 without a good token, 403 when it is not
   *     for all of the topics
   */
  public Update publication(Exchange exchange) throws ProblemException {
    Grants grants = admission.publisher(exchange);
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
    metadata.put("mercure_subscriptions", settings.subscriptions());
    return metadata;
  }
}
