package dev.serai.hub;

import dev.serai.http.LiveSocket.Caller;
import java.util.List;
import java.util.Map;

/** Writes frames of WebSocket. */
final class SocketOutlet implements Outlet {
  private static final int GOING_AWAY = 1001;
  private static final int POLICY = 1008;
  private static final int INTERNAL_ERROR = 1011;
  private static final int TRY_AGAIN_LATER = 1013;

  private final Caller caller;
  private final long comeBack;

  /**
   * An outlet of a connection.
   *
   * @param comeBack milliseconds after which the client is asked to come back when this instance
   *     stops
   */
  SocketOutlet(Caller caller, long comeBack) {
    this.caller = caller;
    this.comeBack = comeBack;
  }

  @Override
  public void tell(List<Frame> frames) {
    frames.forEach(frame -> caller.send(frame.bytes()));
  }

  @Override
  public void sayAlive() {
    caller.ping();
  }

  @Override
  public void close(Ending ending) {
    if (ending == Ending.GOING_AWAY) {
      caller.send(
          SocketFrames.text(
              Map.of("type", "closed", "reason", ending.reason(), "retry", comeBack)));
    }
    caller.end(code(ending), ending.reason());
  }

  private static int code(Ending ending) {
    return switch (ending) {
      case EXPIRED, TOO_SLOW -> POLICY;
      case TOO_MANY -> TRY_AGAIN_LATER;
      case FAILED -> INTERNAL_ERROR;
      default -> GOING_AWAY;
    };
  }

  @Override
  public void cut(Ending ending) {
    caller.cut();
  }
}
