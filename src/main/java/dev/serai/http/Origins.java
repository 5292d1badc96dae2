package dev.serai.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Lets pages of other origins talk to the data port with their user's cookies, if their origin is
 * named (CORS). A page of an origin that is not named cannot read an answer, opens no WebSocket and
 * changes nothing: what needs no preflight is refused.
 */
@Component
public final class Origins implements Handler<RoutingContext> {
  private static final String FORM = "https?://[a-zA-Z0-9.\\-\\[\\]:]+";
  private static final String SHOWN =
      "Last-Event-ID, Mercure-Last-Event-ID, Link, Location, Retry-After";
  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final String A_DAY = "86400"; // seconds

  private final List<String> allowed;

  /**
   * The origins that may.
   *
   * @param origins separated by commas; empty: none
   * @throws IllegalArgumentException {@code bad-origin}, also for {@code *}
   */
  Origins(@Value("${serai.http.cors-origins:}") String origins) {
    allowed =
        Arrays.stream(origins.split(",")).map(String::strip).filter(o -> !o.isEmpty()).toList();
    allowed.stream()
        .filter(origin -> !origin.matches(FORM))
        .findFirst()
        .ifPresent(
            bad -> {
              throw new IllegalArgumentException(
                  "bad-origin: serai.http.cors-origins has \"%s\"; write origins such as https://app.example.com, separated by commas"
                      .formatted(bad));
            });
  }

  /** Whether an origin is named. */
  public boolean name(String origin) {
    return allowed.contains(origin);
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      context.next();
    } else if (name(origin)) {
      allow(context, origin);
    } else if (mayChange(request) && !isSame(origin, request)) {
      Problem.write(
          context, 403, "foreign-origin", "serai.http.cors-origins does not name this origin.");
    } else {
      context.next();
    }
  }

  private static boolean mayChange(HttpServerRequest request) {
    return !READING.contains(request.method()) || SocketUpgrade.isAsked(request);
  }

  private static void allow(RoutingContext context, String origin) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    response.putHeader(HttpHeaders.VARY, "Origin");
    String method = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    if (request.method() != HttpMethod.OPTIONS || method == null) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
      context.next();
      return;
    }
    String headers = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, method);
    response.putHeader(
        HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, Objects.requireNonNullElse(headers, ""));
    response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, A_DAY);
    response.setStatusCode(204).end();
  }

  private static boolean isSame(String origin, HttpServerRequest request) {
    return origin.replaceFirst("^https?://", "").equals(request.getHeader(HttpHeaders.HOST));
  }
}
