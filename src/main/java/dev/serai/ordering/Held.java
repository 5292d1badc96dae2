package dev.serai.ordering;

import dev.serai.delivery.KeptMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that a partition has delivered and that is not acknowledged yet. */
final class Held {
  private final long tag;
  private final @Nullable String key;
  private final Parcel parcel;
  private final KeptMessage kept;
  private final long since = System.nanoTime();
  private State state = State.READY;
  private volatile boolean first = true;
  private boolean dropped;

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
   * @param key messages of one key are tried one after the other; null when it has none
   */
  Held(long tag, @Nullable String key, Parcel parcel, KeptMessage kept) {
    this.tag = tag;
    this.key = key;
    this.parcel = parcel;
    this.kept = kept;
  }

  long tag() {
    return tag;
  }

  /** What it has in common with those that wait behind it; nothing when it has no key. */
  String line() {
    return key == null ? "no key " + tag : key;
  }

  Optional<String> key() {
    return Optional.ofNullable(key);
  }

  String id() {
    return parcel.properties().getMessageId();
  }

  Parcel parcel() {
    return parcel;
  }

  /** Its body is not needed any more; its {@link Link} says so. */
  void drop() {
    if (!dropped) {
      dropped = true;
      parcel.body().free();
    }
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
