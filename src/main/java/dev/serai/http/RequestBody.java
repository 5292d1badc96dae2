package dev.serai.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * Reads a request's body as it is, whatever its content type says.
 *
 * <p>Vert.x's own reader parses a body that is called a form, which curl does with everything, and
 * fails on the event loop when it is JSON.
 *
 * @param limit bytes; a larger body is answered 413 and the connection closed
 */
record RequestBody(long limit) {

  private static final String READ = "serai.body";

  /** Begins a request anew, without its body being read again: the routes it found are gone. */
  static void again(RoutingContext context, Handler<HttpServerRequest> router) {
    Buffer body = context.body().buffer();
    Vertx.currentContext().putLocal(READ, body == null ? Buffer.buffer() : body);
    router.handle(context.request());
  }

  /**
   * Reads the body into the context.
   *
   * @param then goes on with the request when all of it is there
   */
  void read(RoutingContext context, Runnable then) {
    Buffer known = Vertx.currentContext().getLocal(READ);
    if (known != null) {
      ((RoutingContextInternal) context).setBody(known);
      then.run();
      return;
    }
    HttpServerRequest request = context.request();
    if (SocketUpgrade.isAsked(request)) {
      request.pause(); // until its route has decided
      ((RoutingContextInternal) context).setBody(Buffer.buffer());
      then.run();
      return;
    }
    if (declaredLength(request) > limit) {
      refuse(context);
      return;
    }
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() <= limit) {
            body.appendBuffer(part);
          } else if (!context.response().ended()) {
            refuse(context);
          }
        });
    request.exceptionHandler(gone -> request.connection().close());
    request.endHandler(
        end -> {
          if (!context.response().ended()) {
            ((RoutingContextInternal) context).setBody(body);
            then.run();
          }
        });
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      context.response().writeContinue();
    }
    request.resume();
  }

  private void refuse(RoutingContext context) {
    context.response().putHeader("Connection", "close");
    Problem.write(
        context, 413, "body-too-large", "The body is larger than %d bytes.".formatted(limit));
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null || !length.matches("\\d{1,18}") ? 0 : Long.parseLong(length);
  }
}
