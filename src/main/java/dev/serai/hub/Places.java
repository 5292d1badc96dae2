package dev.serai.hub;

import dev.serai.hub.Following.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

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
   * The id of the latest update in memory of which somebody may know: that of a private one may
   * tell too much.
   *
   * @param upTo the number of the last that may be it
   */
  Optional<String> latest(Channel channel, long upTo, Predicate<List<String>> privates) {
    Ring ring = feeds.of(channel).ring();
    for (long sequence = upTo; sequence >= ring.first(); sequence--) {
      Frame frame = ring.at(sequence);
      if (frame != null && frame.sequence() == sequence) { // else its place is another's by now
        Update update = frame.update();
        if (!update.isPrivate() || privates.test(update.topics())) {
          return Optional.of(frame.kept().id());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Where a client begins: after the update that it has seen last; with everything that is kept if
   * that is not known (any more); with what comes now if it has not said so.
   */
  Place find(Channel channel, Subscription subscription) {
    Ring ring = feeds.of(channel).ring();
    String id = subscription.lastEventId();
    if (id == null) {
      long last = ring.last();
      Optional<String> known = latest(channel, last, subscription.mayReadPrivate());
      return new Place(last, null, known.orElse(last == 0 ? EARLIEST : null));
    }
    if (id.equals(EARLIEST)) {
      return new Place(0, EARLIEST, EARLIEST);
    }
    OptionalLong here = id.startsWith(OURS) ? ring.find(id) : OptionalLong.empty();
    if (here.isPresent()) {
      return new Place(here.getAsLong(), id, id); // and all that came after is here too
    }
    OptionalLong kept = history.find(channel, id);
    if (kept.isEmpty()) {
      return new Place(0, EARLIEST, EARLIEST);
    }
    long sequence = kept.getAsLong();
    boolean lost = forgetting.hasLost(channel, sequence, subscription);
    return new Place(sequence, lost ? EARLIEST : id, id);
  }
}
