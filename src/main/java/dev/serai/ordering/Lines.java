package dev.serai.ordering;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The messages of a window, in one line per key. Not thread-safe. */
final class Lines {
  private final Map<String, Deque<Held>> lines = new HashMap<>();
  private final Map<Long, Held> inOrder = new LinkedHashMap<>();

  /** Puts a message last in the line of its key; says whether it is the first there. */
  boolean add(Held message) {
    inOrder.put(message.tag(), message);
    Deque<Held> line = lines.computeIfAbsent(message.line(), name -> new ArrayDeque<>());
    line.add(message);
    return line.size() == 1;
  }

  /** Whether nothing of a line is here. */
  boolean isEmpty(String line) {
    return !lines.containsKey(line);
  }

  /** Takes the first message of a key away; the next one of that key, when there is one. */
  Optional<Held> remove(Held first) {
    inOrder.remove(first.tag());
    Deque<Held> line = Objects.requireNonNull(lines.get(first.line()));
    line.remove();
    if (line.isEmpty()) {
      lines.remove(first.line());
    }
    return Optional.ofNullable(line.peek());
  }

  /** The first message of each key. */
  List<Held> heads() {
    return lines.values().stream().map(Deque::getFirst).toList();
  }

  /** Keys whose first message has failed and waits. */
  int waiting() {
    return Math.toIntExact(heads().stream().filter(head -> head.is(Held.State.WAITING)).count());
  }

  /**
   * Whether one has been here for longer. One that is being tried does not count: its channel
   * cannot be closed, and others need not stop for it.
   */
  boolean hasOlderThan(Duration age) {
    return notRunning().anyMatch(held -> held.age() > age.toNanos());
  }

  /** Lets go of the bodies of all that are not being tried. */
  void drop() {
    notRunning().forEach(Held::drop);
  }

  private Stream<Held> notRunning() {
    return inOrder.values().stream().filter(held -> !held.is(Held.State.RUNNING));
  }

  int size() {
    return inOrder.size();
  }
}
