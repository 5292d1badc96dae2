package dev.serai.http;

import java.util.function.Consumer;

/**
 * A conversation that goes on after its route has ended, over WebSocket: a route that answers a
 * request to change to that protocol ends with it as the body. Nobody's thread is held.
 */
public interface LiveSocket {

  /**
   * Begins; called once, when the protocol has changed. Must return soon.
   *
   * @param caller who gets what is sent
   */
  void begin(Caller caller);

  /** The other side. What is sent is text; {@code send(Buffer)} takes it as UTF-8. */
  interface Caller extends LiveAnswer.Caller {

    /** Has each message of the caller taken, on the loop. */
    void whenSaid(Consumer<String> task);

    /** Sends a ping, which the caller answers by itself. */
    void ping();

    /**
     * Ends the conversation.
     *
     * @param code of RFC 6455, such as 1001
     * @param reason for people, up to 123 bytes
     */
    void end(int code, String reason);
  }
}
