package dev.serai.hub;

/** Says which topics somebody wants, or may see. Thread-safe. */
@FunctionalInterface
public interface TopicSelector {

  /** Whether a topic is one of them. */
  boolean selects(String topic);
}
