package dev.serai.hub;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says which topics somebody wants, or may see. Equal if it was written the same. Thread-safe. */
public final class TopicSelector {
  private final Kind kind;
  private final String text;
  private final Predicate<String> test;

  /** How a text says it. */
  public enum Kind {
    /** A topic character by character, {@code *} for all, or a template of RFC 6570. */
    TOPIC,
    /** A topic character by character, or {@code *} for all. */
    MATCH,
    /** A URL pattern. */
    URL_PATTERN
  }

  TopicSelector(Kind kind, String text, Predicate<String> test) {
    this.kind = kind;
    this.text = text;
    this.test = test;
  }

  /** How the text says it. */
  public Kind kind() {
    return kind;
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** Whether a topic is one of them. */
  public boolean selects(String topic) {
    return test.test(topic);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TopicSelector selector
        && kind == selector.kind
        && text.equals(selector.text);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + text.hashCode();
  }

  @Override
  public String toString() {
    return kind + " " + text;
  }
}
