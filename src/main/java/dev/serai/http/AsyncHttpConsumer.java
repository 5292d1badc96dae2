package dev.serai.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each request to its route and writes the answer when the route is done.
 *
 * <p>Camel's own consumer holds one of 20 worker threads until the route has ended ({@code
 * VertxPlatformHttpConsumer.processExchange}); this one holds it only while the route runs. It
 * sends no header of the message but {@code Content-Type} and those a route names with the prefix
 * {@code http-}, so that a request's headers are not echoed.
 */
final class AsyncHttpConsumer extends VertxPlatformHttpConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(AsyncHttpConsumer.class);
  private static final String OURS = "serai-";
  private static final String PAUSE = "5"; // seconds

  private final Executor workers;

  AsyncHttpConsumer(
      PlatformHttpEndpoint endpoint, Processor processor, String router, Executor workers) {
    super(endpoint, processor, List.of(), router);
    this.workers = workers;
  }

  @Override
  protected void handleRequest(RoutingContext request) {
    if (!isStarted()) {
      suspended(request);
      return;
    }
    HeldBody.enter(request);
    Exchange exchange = createExchange(false);
    exchange.setPattern(ExchangePattern.InOut);
    processHttpRequest(exchange, request)
        .onFailure(failure -> fail(exchange, request, failure))
        .onSuccess(read -> run(exchange, request));
  }

  /** Asks the caller to come again when an operator has let the route go on. */
  static void suspended(RoutingContext request) {
    request.response().putHeader(HttpHeaders.RETRY_AFTER, PAUSE);
    Problem.write(request, 503, "route-suspended", "This entry is suspended; try again later.");
  }

  /** The body as bytes, and no header that could steer a route or an answer. */
  @Override
  protected Future<Void> populateCamelMessage(
      RoutingContext request, Exchange exchange, Message message) {
    return super.populateCamelMessage(request, exchange, message)
        .onSuccess(
            read -> {
              Buffer body = request.body().buffer();
              message.setBody(body == null ? new byte[0] : body.getBytes());
              message.getHeaders().keySet().removeIf(AsyncHttpConsumer::steers);
            });
  }

  /** Camel itself takes away only {@code Camel} and {@code camel}, and then adds its own. */
  private static boolean steers(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.startsWith(OURS)
        || ResponseHeaders.isNamed(name)
        || (name.startsWith("camel") && !header.startsWith("Camel"));
  }

  /** On the event loop of the request's connection, to which its answer comes back. */
  private void run(Exchange exchange, RoutingContext request) {
    Context loop = request.vertx().getOrCreateContext();
    try {
      workers.execute(() -> process(exchange, request, loop));
    } catch (RejectedExecutionException e) { // Serai stops
      suspended(request);
      release(exchange, request);
    }
  }

  private void process(Exchange exchange, RoutingContext request, Context loop) {
    try {
      createUoW(exchange);
      getAsyncProcessor()
          .process(exchange, done -> loop.runOnContext(ignored -> answer(exchange, request)));
    } catch (Throwable e) { // an Error too: nobody else would answer
      loop.runOnContext(ignored -> fail(exchange, request, e));
    }
  }

  private void answer(Exchange exchange, RoutingContext request) {
    Exception failure = exchange.getException();
    if (failure != null) {
      fail(exchange, request, failure);
      return;
    }
    try {
      write(exchange.getMessage(), request);
    } catch (Exception e) { // the route is done: nobody else would answer
      fail(exchange, request, e);
      return;
    }
    release(exchange, request);
  }

  private static void write(Message message, RoutingContext request)
      throws InvalidPayloadException {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    if (message.getBody() instanceof LiveSocket live) {
      SocketUpgrade.answer(request, live);
      return;
    }
    if (!request.request().isEnded()) { // it asked for another protocol, and gets an answer
      request.request().resume();
    }
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    response.setStatusCode(status == null ? 200 : status);
    String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    if (type != null) {
      response.putHeader("Content-Type", type);
    }
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (ResponseHeaders.isNamed(name) && value != null) {
                response.putHeader(ResponseHeaders.wireName(name), value.toString());
              }
            });
    if (message.getBody() instanceof LiveAnswer live) {
      response.setChunked(true);
      VertxCaller caller = new VertxCaller(request);
      caller.send(live.opening());
      live.begin(caller);
      return;
    }
    response.end(
        message.getBody() == null
            ? Buffer.buffer()
            : Buffer.buffer(message.getMandatoryBody(byte[].class)));
  }

  private void fail(Exchange exchange, RoutingContext request, Throwable failure) {
    LOG.error("Route {} failed and no policy answered for it", getEndpoint().getPath(), failure);
    try {
      HttpServerResponse response = request.response();
      if (!response.headWritten() && !response.closed()) {
        response.headers().clear(); // an answer that could not be sent has left some
        Problem.write(request, 500, "internal", "The request could not be processed.");
      }
    } finally {
      release(exchange, request);
    }
  }

  private void release(Exchange exchange, RoutingContext request) {
    HeldBody.leave(request);
    doneUoW(exchange);
    releaseExchange(exchange, false);
  }
}
