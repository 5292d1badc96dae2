package dev.serai.ordering;

import dev.serai.delivery.KeptMessage;

/** A message that a partition has delivered and that is not acknowledged yet. */
final class Held {
  private final long tag;
  private final String key;
  private final Letter letter;
  private final KeptMessage kept;
  private final long since = System.nanoTime();
  private State state = State.READY;
  private volatile boolean first = true;

  /** What becomes of it now; its {@link Link} sees to it. */
  enum State {
    /** To be tried as soon as a thread is free. */
    READY,
    /** Being tried. */
    RUNNING,
    /** Has failed, and is tried again later. */
    WAITING,
    /** Over. */
    DONE
  }

  /**
   * One that has just come.
   *
   * @param tag by which it is acknowledged
   * @param key messages of one key are tried one after the other
   */
  Held(long tag, String key, Letter letter, KeptMessage kept) {
    this.tag = tag;
    this.key = key;
    this.letter = letter;
    this.kept = kept;
  }

  long tag() {
    return tag;
  }

  String key() {
    return key;
  }

  Letter letter() {
    return letter;
  }

  KeptMessage kept() {
    return kept;
  }

  /** Whether it was not tried before. */
  boolean isFirst() {
    return first;
  }

  /** Nanoseconds since it has come. */
  long age() {
    return System.nanoTime() - since;
  }

  boolean is(State other) {
    return state == other;
  }

  void become(State next) {
    first = first && next != State.WAITING;
    state = next;
  }
}
