package dev.serai.mercure;

import dev.serai.http.Origins;
import dev.serai.http.ProblemException;
import dev.serai.http.Sent;
import dev.serai.hub.Leave;
import dev.serai.hub.Rights;
import dev.serai.hub.TopicSelectors;
import dev.serai.mercure.Presented.Carrier;
import dev.serai.mercure.Tokens.BadTokenException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says who a caller is and what it may do. Thread-safe. */
@Component
class Admission implements Rights {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final String CHALLENGE = "http-WWW-Authenticate";

  private final MercureSettings settings;
  private final Origins origins;
  private final Tokens tokens;
  private final @Nullable SigningKey publishers;
  private final @Nullable SigningKey subscribers;
  private final String metadata;

  Admission(MercureSettings settings, Origins origins, TopicSelectors selectors) {
    this.settings = settings;
    this.origins = origins;
    this.tokens = new Tokens(settings, new Claims(selectors), Clock.systemUTC());
    this.publishers = SigningKey.of("serai.mercure.publisher", settings.publisher());
    this.subscribers = SigningKey.of("serai.mercure.subscriber", settings.subscriber());
    this.metadata =
        settings.publicUrl().replaceFirst("^(https?://[^/]+)/", "$1" + Mercure.METADATA + "/");
    if (settings.anonymous()) {
      LOG.warn(
          "insecure-mercure: serai.mercure.anonymous is true: whoever reaches the data port publishes and"
              + " follows what is public; set it to false outside of development");
    }
  }

  @Override
  public Leave of(Exchange exchange) throws ProblemException {
    Optional<Presented> shown = Presented.of(exchange);
    return shown.isEmpty() ? Leave.NONE : verified(exchange, subscribers, shown.get()).leave();
  }

  /**
   * What somebody who wants to follow the hub of Mercure may see.
   *
   * @throws ProblemException 401
   */
  Grants subscriber(Exchange exchange) throws ProblemException {
    Optional<Presented> shown = Presented.of(exchange);
    if (shown.isEmpty()) {
      return nobody(exchange, Grants.PUBLIC);
    }
    return verified(exchange, subscribers, shown.get());
  }

  /**
   * What somebody who wants to publish may.
   *
   * @throws ProblemException 401, or 403 for a cookie from the page of a stranger
   */
  Grants publisher(Exchange exchange) throws ProblemException {
    Optional<Presented> shown = Presented.of(exchange);
    if (shown.isEmpty()) {
      return nobody(exchange, Grants.ANY_PUBLICATION);
    }
    if (shown.get().by() == Carrier.COOKIE
        && !origins.name(Sent.header(exchange, "Origin").orElse(""))) {
      throw new ProblemException(
          403,
          "unknown-origin-of-page",
          "Only pages of serai.http.cors-origins publish with a cookie.",
          List.of());
    }
    return verified(exchange, publishers, shown.get());
  }

  private Grants nobody(Exchange exchange, Grants anonymous) throws ProblemException {
    if (settings.anonymous()) {
      return anonymous;
    }
    challenge(exchange, "");
    throw new ProblemException(
        401, "missing-token", "Send a token: Authorization: Bearer …, or a cookie.", List.of());
  }

  private Grants verified(Exchange exchange, @Nullable SigningKey key, Presented shown)
      throws ProblemException {
    try {
      return tokens.read(key, shown.token(), shown.by() == Carrier.QUERY);
    } catch (BadTokenException e) {
      challenge(exchange, "invalid_token");
      throw new ProblemException(
          401, "invalid-token", "The token is not taken: " + e.getMessage() + ".", List.of());
    }
  }

  /** The token is good, but not for this. */
  ProblemException insufficient(Exchange exchange, String detail) {
    challenge(exchange, "insufficient_scope");
    return new ProblemException(403, "insufficient-scope", detail, List.of());
  }

  private void challenge(Exchange exchange, String error) {
    String code = error.isEmpty() ? "" : "error=\"" + error + "\", ";
    exchange
        .getMessage()
        .setHeader(CHALLENGE, "Bearer " + code + "resource_metadata=\"" + metadata + "\"");
  }
}
