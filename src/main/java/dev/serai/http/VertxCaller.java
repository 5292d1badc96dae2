package dev.serai.http;

import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ScheduledExecutorService;

/** Sends on the event loop of the connection, as Vert.x demands. */
final class VertxCaller implements LiveAnswer.Caller {
  private static final long CANCEL = 8; // of HTTP/2

  private final RoutingContext request;
  private final HttpServerResponse response;
  private final Channel channel;

  VertxCaller(RoutingContext request) {
    this.request = request;
    this.response = request.response();
    this.channel = ((ConnectionBase) request.request().connection()).channel();
  }

  @Override
  public void send(String text) {
    send(Buffer.buffer(text));
  }

  @Override
  public void send(Buffer bytes) {
    onLoop(
        () -> {
          if (!isGone()) {
            response.write(bytes);
          }
        });
  }

  /** At once if this is the loop, so that a loop that writes to many does not line up tasks. */
  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
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
    onLoop(
        () -> {
          if (!isGone()) {
            response.end();
          }
        });
  }

  /** Vert.x itself would first wait until everything is sent. */
  @Override
  public void cut() {
    onLoop(
        () -> {
          if (request.request().version() == HttpVersion.HTTP_2) {
            response.reset(CANCEL);
          } else {
            channel.pipeline().firstContext().close();
          }
        });
  }

  @Override
  public ScheduledExecutorService loop() {
    return channel.eventLoop();
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
