package dev.serai.webhooks;

import dev.serai.topology.KeyPattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The endpoints in memory, read again when they have changed. Thread-safe. */
@Component("webhookDirectory")
class Directory {
  private static final int PAGE = 1000;

  private final Endpoints endpoints;
  private volatile Listing listing = new Listing(-1, Map.of());

  Directory(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * All endpoints at a time.
   *
   * @param number of the latest change
   */
  record Listing(long number, Map<String, Entry> entries) {}

  /** An endpoint with what its patterns and secrets have been made into. */
  record Entry(Endpoint endpoint, List<KeyPattern> patterns, Secret secret, @Nullable Secret old) {
    static Entry of(Endpoint endpoint) {
      String old = endpoint.keys().old();
      return new Entry(
          endpoint,
          endpoint.settings().types().stream().map(KeyPattern::new).toList(),
          Secret.parse(endpoint.keys().secret()),
          old == null ? null : Secret.parse(old));
    }
  }

  /** As the store has them now; asks it for one number, and for the rest only after a change. */
  Listing current() {
    long number = endpoints.number();
    Listing known = listing;
    return known.number() == number ? known : read(number);
  }

  /** As they were the last time that somebody asked. */
  Listing latest() {
    return listing;
  }

  private synchronized Listing read(long number) {
    if (listing.number() >= number) {
      return listing;
    }
    Map<String, Entry> entries = new HashMap<>();
    String after = null;
    List<Endpoint> page;
    do {
      page = endpoints.list(after, PAGE);
      for (Endpoint endpoint : page) {
        Entry known = listing.entries().get(endpoint.id());
        entries.put(
            endpoint.id(),
            known != null && known.endpoint().equals(endpoint) ? known : Entry.of(endpoint));
        after = endpoint.id();
      }
    } while (page.size() == PAGE);
    listing = new Listing(number, Map.copyOf(entries));
    return listing;
  }
}
