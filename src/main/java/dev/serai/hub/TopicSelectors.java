package dev.serai.hub;

/** Makes selectors of topics. */
public final class TopicSelectors {
  private TopicSelectors() {}

  /** This topic, character by character; all topics if it is {@code *}. Equal for equal texts. */
  public static TopicSelector of(String text) {
    return new Exact(text);
  }

  private record Exact(String text) implements TopicSelector {
    @Override
    public boolean selects(String topic) {
      return text.equals("*") || text.equals(topic);
    }
  }
}
