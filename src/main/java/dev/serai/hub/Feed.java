package dev.serai.hub;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Brings the updates of a channel into their order, whatever the order in which this process hears
 * of them, and each once. Thread-safe.
 */
final class Feed {
  private final Ring ring;
  private final Channel channel;
  private final TreeMap<Long, Kept> early = new TreeMap<>();

  Feed(Channel channel, Ring ring) {
    this.channel = channel;
    this.ring = ring;
  }

  Ring ring() {
    return ring;
  }

  /**
   * Takes what was kept; those that are known already change nothing.
   *
   * @return whether one is missing before some that are here
   */
  synchronized boolean offer(Collection<Kept> updates) {
    for (Kept update : updates) {
      if (update.sequence() > ring.last() && early.size() < ring.capacity()) {
        early.put(update.sequence(), update);
      }
    }
    addNext();
    return !early.isEmpty();
  }

  /** The latest that is waited for; 0 if none is missing. */
  synchronized long missingUpTo() {
    return early.isEmpty() ? 0 : early.lastKey() - 1;
  }

  /**
   * Takes what the history has of a hole, without an end to it.
   *
   * @param upTo all that are missing up to here were deleted
   */
  synchronized void fill(List<Kept> updates, long upTo) {
    for (Kept update : updates) {
      if (update.sequence() > ring.last()) {
        ring.add(Frame.of(channel, update));
      }
    }
    if (upTo > ring.last()) {
      ring.skipTo(upTo);
    }
    addNext();
  }

  private void addNext() {
    while (!early.isEmpty() && early.firstKey() <= ring.last() + 1) {
      Kept next = early.pollFirstEntry().getValue();
      if (next.sequence() > ring.last()) {
        ring.add(Frame.of(channel, next));
      }
    }
  }
}
