package dev.serai.correlation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings events into the order in which a tree is drawn: each behind one of its parents, brothers
 * by their time. Each is there once, also when the links make a circle.
 */
final class TreeOrder {
  private final Map<String, LinkedEvent> known;
  private final Map<String, List<String>> children = new HashMap<>();
  private final Comparator<String> byTime;

  TreeOrder(Map<String, LinkedEvent> known) {
    this.known = known;
    this.byTime = Comparator.comparing(this::time).thenComparing(Comparator.naturalOrder());
    known.values().forEach(event -> event.parents().forEach(parent -> link(parent, event.id())));
    children.values().forEach(list -> list.sort(byTime));
  }

  private void link(String parent, String child) {
    children.computeIfAbsent(parent, id -> new ArrayList<>()).add(child);
  }

  private Instant time(String id) {
    LinkedEvent event = known.get(id);
    return event == null ? Instant.MIN : event.time();
  }

  /** The events that name this one as their parent. */
  List<String> children(String id) {
    return children.getOrDefault(id, List.of());
  }

  /** All of these ids with their depth. */
  Map<String, Integer> depths(Collection<String> ids) {
    Map<String, Integer> depths = new LinkedHashMap<>();
    Set<String> all = new HashSet<>(ids);
    List<String> sorted = ids.stream().sorted(byTime).toList();
    sorted.stream().filter(id -> isRoot(id, all)).forEach(root -> descend(root, all, depths));
    sorted.stream()
        .filter(id -> !depths.containsKey(id)) // of a circle
        .forEach(id -> descend(id, all, depths));
    return depths;
  }

  private boolean isRoot(String id, Set<String> all) {
    LinkedEvent event = known.get(id);
    return event == null || event.parents().stream().noneMatch(all::contains);
  }

  private record Place(String id, int depth) {}

  private void descend(String root, Set<String> all, Map<String, Integer> depths) {
    Deque<Place> open = new ArrayDeque<>(List.of(new Place(root, 0)));
    while (!open.isEmpty()) {
      Place place = open.pop();
      if (all.contains(place.id()) && depths.putIfAbsent(place.id(), place.depth()) == null) {
        List<String> below = children(place.id());
        for (int i = below.size() - 1; i >= 0; i--) {
          open.push(new Place(below.get(i), place.depth() + 1));
        }
      }
    }
  }
}
