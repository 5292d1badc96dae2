package dev.serai.hub;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the history what this process has not heard of. Thread-safe. */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final long GRACE_MILLIS = 20; // what is missing is on its way, as a rule
  private static final int PAGE = 100;

  private final Feeds feeds;
  private final History history;
  private final HistoryReader reader;
  private final Set<Channel> mending = EnumSet.noneOf(Channel.class); // guarded by itself

  CatchUp(Feeds feeds, History history, HistoryReader reader) {
    this.feeds = feeds;
    this.history = history;
    this.reader = reader;
  }

  /** Reads what is missing before something that is here, if it does not come by itself. */
  void mendLater(Channel channel, ScheduledExecutorService workers, Runnable wake) {
    synchronized (mending) {
      if (!mending.add(channel)) {
        return;
      }
    }
    workers.schedule(
        () -> {
          synchronized (mending) {
            mending.remove(channel);
          }
          try {
            read(channel, feeds.of(channel).missingUpTo());
            wake.run();
          } catch (RuntimeException e) {
            LOG.warn("stream-waits: {}: {}", channel.label(), e.getMessage());
          }
        },
        GRACE_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Reads all that there is. */
  void look() {
    for (Channel channel : Channel.values()) {
      read(channel, history.last(channel));
    }
  }

  private void read(Channel channel, long upTo) {
    Feed feed = feeds.of(channel);
    long from = Math.max(feed.ring().last(), upTo - feed.ring().capacity());
    while (from < upTo) {
      List<Kept> page = reader.after(channel, from, upTo, PAGE);
      from = page.size() < PAGE ? upTo : page.get(PAGE - 1).sequence();
      feed.fill(page, from);
    }
  }
}
