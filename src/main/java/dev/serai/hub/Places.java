package dev.serai.hub;

import dev.serai.hub.Following.Place;
import java.util.OptionalLong;

/** Finds where clients go on that come back. Thread-safe; asks the store if it has to. */
final class Places {
  /** What a client sends as its last event id to get everything that is kept. */
  static final String EARLIEST = "earliest";

  private static final String OURS = "urn:uuid:"; // such an id is not given twice

  private final Feeds feeds;
  private final History history;
  private final Forgetting forgetting;

  Places(Feeds feeds, History history, Forgetting forgetting) {
    this.feeds = feeds;
    this.history = history;
    this.forgetting = forgetting;
  }

  /**
   * Where a client begins: after the update that it has seen last; with everything that is kept if
   * that is not known (any more); with what comes now if it has not said so.
   */
  Place find(Channel channel, Subscription subscription) {
    Ring ring = feeds.of(channel).ring();
    String id = subscription.lastEventId();
    if (id == null) {
      return new Place(ring.last(), null);
    }
    if (id.equals(EARLIEST)) {
      return new Place(0, EARLIEST);
    }
    OptionalLong here = id.startsWith(OURS) ? ring.find(id) : OptionalLong.empty();
    if (here.isPresent()) {
      return new Place(here.getAsLong(), id); // and all that came after is here too
    }
    OptionalLong kept = history.find(channel, id);
    if (kept.isEmpty()) {
      return new Place(0, EARLIEST);
    }
    long sequence = kept.getAsLong();
    return new Place(sequence, forgetting.hasLost(channel, sequence, subscription) ? EARLIEST : id);
  }
}
