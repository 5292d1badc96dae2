package dev.serai.http;

import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ScheduledExecutorService;

/** Sends on the event loop of the connection, as Vert.x demands. */
abstract class LoopCaller implements LiveAnswer.Caller {
  private final Channel channel;

  LoopCaller(RoutingContext request) {
    this.channel = ((ConnectionBase) request.request().connection()).channel();
  }

  @Override
  public final void send(String text) {
    send(Buffer.buffer(text));
  }

  /**
   * At once if this is the loop, so that a loop that writes to many does not line up tasks. Nothing
   * is done when nobody is there any more.
   */
  final void onLoop(Runnable task) {
    Runnable ifThere =
        () -> {
          if (!isGone()) {
            task.run();
          }
        };
    if (channel.eventLoop().inEventLoop()) {
      ifThere.run();
    } else {
      channel.eventLoop().execute(ifThere);
    }
  }

  /** Vert.x itself would first wait until everything is sent. */
  @Override
  public void cut() {
    onLoop(() -> channel.pipeline().firstContext().close());
  }

  @Override
  public final ScheduledExecutorService loop() {
    return channel.eventLoop();
  }
}
