package dev.serai.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** Sends parts of an answer. */
final class VertxCaller extends LoopCaller {
  private static final long CANCEL = 8; // of HTTP/2

  private final RoutingContext request;
  private final HttpServerResponse response;

  VertxCaller(RoutingContext request) {
    super(request);
    this.request = request;
    this.response = request.response();
  }

  @Override
  public void send(Buffer bytes) {
    onLoop(() -> response.write(bytes));
  }

  @Override
  public boolean isReady() {
    return !isGone() && !response.writeQueueFull();
  }

  @Override
  public boolean isGone() {
    return response.ended() || response.closed();
  }

  @Override
  public void end() {
    onLoop(response::end);
  }

  @Override
  public void cut() {
    if (request.request().version() == HttpVersion.HTTP_2) { // others use the connection too
      onLoop(() -> response.reset(CANCEL));
    } else {
      super.cut();
    }
  }

  @Override
  public void whenReady(Runnable task) {
    response.drainHandler(drained -> task.run());
  }

  @Override
  public void whenGone(Runnable task) {
    if (response.closed() || response.ended()) {
      task.run();
      return;
    }
    request.addEndHandler(gone -> task.run());
  }
}
