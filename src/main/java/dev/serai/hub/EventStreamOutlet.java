package dev.serai.hub;

import dev.serai.http.LiveAnswer.Caller;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Writes server-sent events. */
final class EventStreamOutlet implements Outlet {
  private final Caller caller;
  private final Joining joining;
  private final String alive;
  private final int pad;
  private final long comeBack;

  /**
   * An outlet of a connection.
   *
   * @param joining shared by those that are told the same at the same time
   * @param pad bytes of a comment after each write; 0: none
   * @param comeBack milliseconds after which the client is asked to come back when this instance
   *     stops
   */
  EventStreamOutlet(Caller caller, Joining joining, int pad, long comeBack) {
    this.caller = caller;
    this.joining = joining;
    this.pad = pad;
    this.alive = EventStream.comment(pad);
    this.comeBack = comeBack;
  }

  @Override
  public void tell(List<Frame> frames) {
    Buffer bytes = joining.join(frames);
    caller.send(pad == 0 ? bytes : bytes.copy().appendString(alive));
  }

  @Override
  public void sayAlive() {
    caller.send(alive);
  }

  @Override
  public void close(Ending ending) {
    String last = ending == Ending.GOING_AWAY ? "retry: " + comeBack + "\n" : "";
    caller.send(last + EventStream.farewell(ending.reason()));
    caller.end();
  }

  @Override
  public void cut(Ending ending) {
    caller.send(EventStream.farewell(ending.reason())); // seen if it still fits
    caller.cut();
  }
}
