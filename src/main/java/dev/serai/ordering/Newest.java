package dev.serai.ordering;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was noted last, by name: with one more than it holds, the oldest is forgotten. What is noted
 * again under its name keeps its age. Whoever shares it locks it.
 */
final class Newest<V> extends LinkedHashMap<String, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * An empty one.
   *
   * @param most names that it holds, from 1
   */
  Newest(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > most;
  }
}
