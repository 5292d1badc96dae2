package dev.serai.routetests;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Hands out the answers of stubs, call by call; the last one again and again. Thread-safe. */
final class Answers {
  private final Map<String, List<Answer>> answers;
  private final Map<String, Integer> next = new ConcurrentHashMap<>();

  Answers(Map<String, List<Answer>> answers) {
    this.answers = answers;
  }

  /** The answer to the next call; empty when there is none for this name. */
  Optional<Answer> next(String name) {
    List<Answer> all = answers.getOrDefault(name, List.of());
    if (all.isEmpty()) {
      return Optional.empty();
    }
    int call = next.merge(name, 1, Integer::sum) - 1;
    return Optional.of(all.get(Math.min(call, all.size() - 1)));
  }
}
