package dev.serai.mercure;

import dev.serai.hub.TopicSelector;
import dev.serai.urls.BadPatternException;
import dev.serai.urls.UriTemplate;
import dev.serai.urls.UrlPattern;

/** Makes selectors of topics from what clients and tokens say. */
final class Selectors {
  private static final String ALL = "*";

  private final String hub;

  /**
   * For one hub.
   *
   * @param hub its URL, to which relative patterns and topics refer
   */
  Selectors(String hub) {
    this.hub = hub;
  }

  /** Version 1.0: this topic, character by character, or all. */
  TopicSelector exact(String text) {
    return text.equals(ALL) ? topic -> true : text::equals;
  }

  /**
   * Version 1.0: a URL pattern.
   *
   * @throws BadPatternException when it is none, or could take too long
   */
  TopicSelector urlPattern(String text) throws BadPatternException {
    return text.equals(ALL) ? topic -> true : UrlPattern.compile(text, hub)::matches;
  }

  /** Version 0.x: this topic, all, or what a template of RFC 6570 matches. */
  TopicSelector template(String text) {
    if (!text.contains("{")) {
      return exact(text);
    }
    try {
      UriTemplate template = UriTemplate.compile(text);
      return topic -> topic.equals(text) || template.matches(topic);
    } catch (BadPatternException e) {
      return exact(text); // as the hubs of 0.x do
    }
  }
}
