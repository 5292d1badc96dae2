package dev.serai.idempotence;

import dev.serai.idempotence.Leases.Held;
import java.time.Duration;
import java.util.List;

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
   * @param owner who takes it; nobody else has this name
   * @param lease time after which somebody else may take it, unless it is done or renewed by then
   */
  Claim claim(String id, String owner, Duration lease);

  /** Lets the time of keys begin anew, but of those that are done or somebody else's by now. */
  void renew(List<Held> keys, Duration lease);

  /**
   * Says that it is done, unless somebody else has taken it meanwhile.
   *
   * @param window time for which it stays known
   * @return whether nobody has
   */
  boolean done(String id, String owner, Duration window);

  /** Gives it back, unless it is done, or somebody else's by now. */
  void release(String id, String owner);

  /** Whether it is done. */
  boolean isDone(String id);

  /** Forgets all keys. */
  void clear();
}
