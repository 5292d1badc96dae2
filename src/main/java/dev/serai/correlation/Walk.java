package dev.serai.correlation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects events that hang together, those nearest to where it begins first. Not thread-safe. */
final class Walk {
  private final ChainReader reader;
  private final int most;
  private final Set<String> ids = new LinkedHashSet<>();
  private final Map<String, LinkedEvent> known = new HashMap<>();
  private boolean complete = true;

  Walk(ChainReader reader) {
    this.reader = reader;
    this.most = reader.most();
  }

  /** All ids that were met, known or not. */
  Set<String> ids() {
    return ids;
  }

  Map<String, LinkedEvent> known() {
    return known;
  }

  /** Whether nothing was left out because there was too much. */
  boolean isComplete() {
    return complete;
  }

  /**
   * Goes from these events to what they hang together with; each event is visited once, so that a
   * circle ends too.
   *
   * @param up to their causes
   * @param down to what came of them
   */
  void from(Collection<String> starts, boolean up, boolean down) {
    Set<String> next = fresh(starts);
    while (!next.isEmpty()) {
      Map<String, LinkedEvent> events = reader.events(next);
      known.putAll(events);
      Set<String> found = new LinkedHashSet<>();
      if (up) {
        events.values().forEach(event -> found.addAll(event.parents()));
      }
      if (down) {
        found.addAll(reader.children(List.copyOf(next)));
      }
      next = fresh(found);
    }
  }

  private Set<String> fresh(Collection<String> found) {
    Set<String> fresh = new LinkedHashSet<>();
    for (String id : found) {
      if (ids.contains(id)) {
        continue;
      }
      if (ids.size() >= most) {
        complete = false;
        break;
      }
      ids.add(id);
      fresh.add(id);
    }
    return fresh;
  }
}
