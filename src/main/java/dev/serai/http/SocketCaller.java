package dev.serai.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/** Sends frames of WebSocket. */
final class SocketCaller extends LoopCaller implements LiveSocket.Caller {
  private static final short NORMAL = 1000;

  private final ServerWebSocket socket;

  SocketCaller(RoutingContext request, ServerWebSocket socket) {
    super(request);
    this.socket = socket;
  }

  @Override
  public void send(Buffer bytes) {
    onLoop(
        () ->
            socket.writeFrame(
                new WebSocketFrameImpl(WebSocketFrameType.TEXT, bytes.getByteBuf(), true)));
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
