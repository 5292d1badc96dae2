package dev.serai.webhooks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** A lane for each endpoint. Thread-safe. */
@Component("webhookLanes")
@EnableConfigurationProperties(WebhookSettings.class)
class Lanes {
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Directory directory;
  private final WebhookSettings settings;
  private volatile long number = -1;

  Lanes(Directory directory, WebhookSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /** That of an endpoint; null when it is unknown. */
  @Nullable Lane of(String endpointId) {
    return lanes.get(endpointId);
  }

  /**
   * Takes over what has changed in the store.
   *
   * @param changed gets each lane whose endpoint is another now
   * @param removed gets the id of an endpoint that is no more, and what waited for it
   */
  void refresh(Consumer<Lane> changed, BiConsumer<String, List<Held>> removed) {
    take(directory.current(), changed, removed);
  }

  private synchronized void take(
      Directory.Listing listing, Consumer<Lane> changed, BiConsumer<String, List<Held>> removed) {
    if (listing.number() <= number) {
      return;
    }
    number = listing.number();
    listing
        .entries()
        .forEach(
            (id, entry) -> {
              Lane lane = lanes.get(id);
              if (lane == null) {
                lane = new Lane(entry, settings);
                lanes.put(id, lane);
              } else if (lane.entry().equals(entry)) {
                return;
              }
              lane.set(entry);
              changed.accept(lane);
            });
    lanes
        .entrySet()
        .removeIf(
            known -> {
              boolean gone = !listing.entries().containsKey(known.getKey());
              if (gone) {
                removed.accept(known.getKey(), known.getValue().close());
              }
              return gone;
            });
  }

  void forEach(Consumer<Lane> action) {
    lanes.values().forEach(action);
  }
}
