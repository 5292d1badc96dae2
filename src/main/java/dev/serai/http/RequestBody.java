package dev.serai.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * Reads a request's body as it is, whatever its content type says.
 *
 * <p>Vert.x's own reader parses a body that is called a form, which curl does with everything, and
 * fails on the event loop when it is JSON.
 *
 * @param limit bytes; a larger body is answered 413 and the connection closed
 * @param budget for the bodies of all requests; one that it has no room for is answered 503
 */
record RequestBody(long limit, ByteBudget budget) {
  private static final String PAUSE = "1"; // seconds
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  /** Begins a request anew, without its body being read again: the routes it found are gone. */
  static void again(RoutingContext context, Handler<HttpServerRequest> router) {
    HeldBody.carry(context);
    router.handle(context.request());
  }

  /**
   * Reads the body into the context.
   *
   * @param then goes on with the request when all of it is there
   */
  void read(RoutingContext context, Runnable then) {
    HeldBody known = HeldBody.known();
    if (known != null) {
      known.join(context);
      known.hand(context);
      then.run();
      return;
    }
    HttpServerRequest request = context.request();
    if (SocketUpgrade.isAsked(request)) {
      request.pause(); // until its route has decided
      HeldBody none = new HeldBody(budget);
      none.join(context);
      none.hand(context);
      then.run();
      return;
    }
    if (declaredLength(request) > limit) {
      refuse(context);
      return;
    }
    HeldBody body = new HeldBody(budget);
    body.join(context);
    request.handler(part -> add(part, body, context));
    request.exceptionHandler(gone -> request.connection().close());
    request.endHandler(
        end -> {
          if (!context.response().ended()) {
            body.hand(context);
            then.run();
          }
        });
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      context.response().writeContinue();
    }
    request.resume();
  }

  private void add(Buffer part, HeldBody body, RoutingContext context) {
    if (context.response().ended()) {
      return;
    }
    if (body.length() + part.length() > limit) {
      body.drop();
      refuse(context);
    } else if (!body.add(part)) {
      body.drop();
      context.response().putHeader(HttpHeaders.RETRY_AFTER, PAUSE);
      Problem.write(
          context, 503, "too-many-bodies", "As many bytes of requests are under way as may.");
    }
  }

  private void refuse(RoutingContext context) {
    context.response().putHeader("Connection", "close");
    Problem.write(
        context, 413, "body-too-large", "The body is larger than %d bytes.".formatted(limit));
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null || !LENGTH.matcher(length).matches() ? 0 : Long.parseLong(length);
  }
}
