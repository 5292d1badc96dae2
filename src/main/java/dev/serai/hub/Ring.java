package dev.serai.hub;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest updates of a channel, for all clients of this process. Bounded in number and bytes.
 *
 * <p>Changed by one thread at a time; read by any.
 */
final class Ring {
  private final AtomicReferenceArray<@Nullable Frame> slots;
  private final long mostBytes;
  private final Map<String, Long> ids = new HashMap<>(); // guarded by itself; the oldest of an id
  private long bytes;
  private volatile long first;
  private volatile long last;

  /**
   * Empty.
   *
   * @param most updates
   * @param mostBytes of all of them, but for one
   * @param last number of the latest update before
   */
  Ring(int most, long mostBytes, long last) {
    this.slots = new AtomicReferenceArray<>(most);
    this.mostBytes = mostBytes;
    this.last = last;
    this.first = last + 1;
  }

  /** The number of the oldest update that may be here; one more than the last when it is empty. */
  long first() {
    return first;
  }

  long last() {
    return last;
  }

  int capacity() {
    return slots.length();
  }

  /**
   * An update; null when it was deleted from the history before it came here. Look at {@link
   * #first} afterwards: if it is higher, the answer means nothing.
   */
  @Nullable Frame at(long sequence) {
    return slots.get(slot(sequence));
  }

  /** The number of an update that is here, by its id. */
  OptionalLong find(String id) {
    synchronized (ids) {
      Long found = ids.get(id);
      return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }
  }

  /** Adds the next one; there may be deleted ones between. */
  void add(Frame frame) {
    skipTo(frame.sequence() - 1);
    makeRoom(frame.size());
    slots.set(slot(frame.sequence()), frame);
    bytes += frame.size();
    synchronized (ids) {
      ids.putIfAbsent(frame.kept().id(), frame.sequence());
    }
    last = frame.sequence();
  }

  /** Counts all up to one as deleted. */
  void skipTo(long sequence) {
    if (sequence - last > slots.length()) { // none of those that are here stays
      while (first <= last) {
        forgetFirst();
      }
      last = sequence;
      first = sequence + 1;
      return;
    }
    while (last < sequence) {
      makeRoom(0);
      slots.set(slot(last + 1), null);
      last++;
    }
  }

  private void makeRoom(int size) {
    while (first <= last && (last - first + 1 >= slots.length() || bytes + size > mostBytes)) {
      forgetFirst();
    }
  }

  private void forgetFirst() {
    long sequence = first;
    Frame frame = slots.get(slot(sequence));
    first = sequence + 1; // before it is gone, so that a reader sees that
    slots.set(slot(sequence), null);
    if (frame != null) {
      bytes -= frame.size();
      synchronized (ids) {
        ids.remove(frame.kept().id(), sequence);
      }
    }
  }

  private int slot(long sequence) {
    return (int) (sequence % slots.length());
  }
}
