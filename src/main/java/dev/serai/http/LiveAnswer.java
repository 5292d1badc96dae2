package dev.serai.http;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.ScheduledExecutorService;

/**
 * An answer that goes on after its route has ended, such as a stream of events: a route ends with
 * it as the body. Nobody's thread is held while nothing is sent.
 */
@FunctionalInterface
public interface LiveAnswer {

  /**
   * Begins; called once, when the head of the answer has been sent. Must return soon.
   *
   * @param caller who gets what is sent
   */
  void begin(Caller caller);

  /** What is sent with the head, so that the caller sees it at once. */
  default String opening() {
    return ":\n\n";
  }

  /** Who waits for more. Thread-safe. */
  interface Caller {

    /** Sends text, in the order of the calls; nothing happens when nobody is there any more. */
    void send(String text);

    /** The same with bytes, which may be sent to many and must not be changed. */
    void send(Buffer bytes);

    /** Whether more can be sent now: a slow caller has to take first what was sent before. */
    boolean isReady();

    /** Whether the caller has gone away, or the answer has ended. */
    boolean isGone();

    /** Ends the answer. */
    void end();

    /** Ends the connection at once, whatever is on its way: the caller does not take it. */
    void cut();

    /** The thread of the connection: what it sends is sent without another thread's turn. */
    ScheduledExecutorService loop();

    /** Has something done on the loop whenever the caller is ready again. */
    void whenReady(Runnable task);

    /** Has something done on the loop once the caller has gone away, or the answer has ended. */
    void whenGone(Runnable task);
  }
}
