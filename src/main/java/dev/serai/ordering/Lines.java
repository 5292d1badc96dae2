package dev.serai.ordering;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The messages of a window, in one line per key. Not thread-safe. */
final class Lines {
  private final Map<String, Deque<Held>> lines = new HashMap<>();
  private final Map<Long, Held> inOrder = new LinkedHashMap<>();

  /** Puts a message last in the line of its key; says whether it is the first there. */
  boolean add(Held message) {
    inOrder.put(message.tag(), message);
    Deque<Held> line = lines.computeIfAbsent(message.key(), key -> new ArrayDeque<>());
    line.add(message);
    return line.size() == 1;
  }

  /** Whether no message of a key is here. */
  boolean isEmpty(String key) {
    return !lines.containsKey(key);
  }

  /** Takes the first message of a key away; the next one of that key, when there is one. */
  Optional<Held> remove(Held first) {
    inOrder.remove(first.tag());
    Deque<Held> line = Objects.requireNonNull(lines.get(first.key()));
    line.remove();
    if (line.isEmpty()) {
      lines.remove(first.key());
    }
    return Optional.ofNullable(line.peek());
  }

  /** The first message of each key. */
  List<Held> heads() {
    return lines.values().stream().map(Deque::getFirst).toList();
  }

  /** The message that has been here longest. */
  Optional<Held> oldest() {
    return inOrder.values().stream().findFirst();
  }

  int size() {
    return inOrder.size();
  }
}
