package dev.serai.http;

import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** Sends on the event loop of the connection, as Vert.x demands. */
final class SocketCaller implements LiveSocket.Caller {
  private static final short NORMAL = 1000;

  private final ServerWebSocket socket;
  private final Channel channel;

  SocketCaller(RoutingContext request, ServerWebSocket socket) {
    this.socket = socket;
    this.channel = ((ConnectionBase) request.request().connection()).channel();
  }

  @Override
  public void send(String text) {
    send(Buffer.buffer(text));
  }

  @Override
  public void send(Buffer bytes) {
    onLoop(
        () ->
            socket.writeFrame(
                new WebSocketFrameImpl(WebSocketFrameType.TEXT, bytes.getByteBuf(), true)));
  }

  /** Nothing is done when nobody is there any more. */
  private void onLoop(Runnable task) {
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

  @Override
  public boolean isReady() {
    return !isGone() && !socket.writeQueueFull();
  }

  @Override
  public boolean isGone() {
    return socket.isClosed();
  }

  @Override
  public void end() {
    end(NORMAL, "");
  }

  @Override
  public void end(int code, String reason) {
    onLoop(() -> socket.close((short) code, reason));
  }

  /** Vert.x itself would first wait until everything is sent. */
  @Override
  public void cut() {
    onLoop(() -> channel.pipeline().firstContext().close());
  }

  @Override
  public ScheduledExecutorService loop() {
    return channel.eventLoop();
  }

  @Override
  public void whenReady(Runnable task) {
    socket.drainHandler(drained -> task.run());
  }

  @Override
  public void whenGone(Runnable task) {
    socket.closeHandler(gone -> task.run());
  }

  @Override
  public void whenSaid(Consumer<String> task) {
    socket.textMessageHandler(task::accept);
  }

  @Override
  public void ping() {
    onLoop(() -> socket.writePing(Buffer.buffer()));
  }
}
