package dev.serai.hub;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What each channel tells. */
final class Feeds {
  private final HubSettings.Most most;
  private final Map<Channel, Feed> feeds = new EnumMap<>(Channel.class);

  Feeds(HubSettings.Most most) {
    this.most = most;
    for (Channel channel : Channel.values()) {
      feeds.put(channel, new Feed(channel, new Ring(most.latest(), most.latestBytes(), 0)));
    }
  }

  Feed of(Channel channel) {
    return Objects.requireNonNull(feeds.get(channel));
  }

  /** Has the latest updates at hand, for clients that come back after a restart. */
  void load(Archive archive) {
    feeds.forEach(
        (channel, feed) -> {
          long last = archive.history().last(channel);
          feed.fill(archive.reader().latest(channel, most.latest()), last);
        });
  }
}
