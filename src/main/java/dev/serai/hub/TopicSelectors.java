package dev.serai.hub;

/** Makes selectors of topics. */
public final class TopicSelectors {
  private TopicSelectors() {}

  /** This topic, character by character; all topics if it is {@code *}. */
  public static TopicSelector of(String text) {
    return text.equals("*") ? topic -> true : text::equals;
  }
}
