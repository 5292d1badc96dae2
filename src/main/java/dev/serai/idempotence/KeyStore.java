package dev.serai.idempotence;

import java.time.Duration;

/** Keeps keys for a while. Thread-safe, also among processes. */
interface KeyStore {

  /** What a claim has found. */
  enum Claim {
    /** Nobody has the key, or not any more: it is the caller's. */
    GIVEN,
    /** Somebody is working on it. */
    HELD,
    /** It is done. */
    DONE
  }

  /**
   * Takes a key, unless somebody has it.
   *
   * @param lease time after which somebody else may take it, unless it is done by then
   */
  Claim claim(String id, Duration lease);

  /**
   * Says that it is done.
   *
   * @param window time for which it stays known
   */
  void done(String id, Duration window);

  /** Gives it back, unless it is done. */
  void release(String id);

  /** Whether it is done. */
  boolean isDone(String id);
}
