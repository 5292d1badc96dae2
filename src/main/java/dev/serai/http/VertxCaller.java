package dev.serai.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;

/** Sends on the event loop of the connection, as Vert.x demands. */
final class VertxCaller implements LiveAnswer.Caller {
  private final Context loop;
  private final HttpServerResponse response;

  /** Made on that event loop. */
  VertxCaller(Context loop, HttpServerResponse response) {
    this.loop = loop;
    this.response = response;
  }

  @Override
  public void send(String text) {
    loop.runOnContext(
        now -> {
          if (!isGone()) {
            response.write(text);
          }
        });
  }

  @Override
  public boolean isReady() {
    return !response.writeQueueFull();
  }

  @Override
  public boolean isGone() {
    return response.ended() || response.closed();
  }

  @Override
  public void end() {
    loop.runOnContext(
        now -> {
          if (!isGone()) {
            response.end();
          }
        });
  }
}
