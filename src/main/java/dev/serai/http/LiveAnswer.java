package dev.serai.http;

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

  /** Who waits for more. Thread-safe. */
  interface Caller {

    /** Sends text, in the order of the calls; nothing happens when nobody is there any more. */
    void send(String text);

    /** Whether more can be sent now: a slow caller has to take first what was sent before. */
    boolean isReady();

    /** Whether the caller has gone away, or the answer has ended. */
    boolean isGone();

    /** Ends the answer. */
    void end();
  }
}
