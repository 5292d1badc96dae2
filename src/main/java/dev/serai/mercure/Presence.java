package dev.serai.mercure;

import dev.serai.hub.TopicSelector;
import dev.serai.hub.TopicSelector.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * One selector of one subscriber, in the words of the dialect in which it was said.
 *
 * @param selector what it follows
 * @param subscriber made up for its connection
 * @param payload what the issuer of its token wants others to know of it; null: nothing
 */
record Presence(TopicSelector selector, String subscriber, @Nullable Object payload) {
  static final String PATH = Publication.PATH + "/subscriptions";
  static final String CONTEXT = "https://mercure.rocks/";
  static final String EXACT = "exact";
  static final String URL_PATTERN = "urlpattern";

  /** Whether it was said as in version 1.0. */
  boolean isDetailed() {
    return selector.kind() != Kind.TOPIC;
  }

  /** Where it is shown, and the topic of its events. */
  String path() {
    return path(isDetailed() ? type() : "", selector.text(), subscriber);
  }

  private String type() {
    return selector.kind() == Kind.URL_PATTERN ? URL_PATTERN : EXACT;
  }

  /** The path of some segments, each percent-encoded once; empty ones are left out. */
  static String path(String... segments) {
    StringBuilder path = new StringBuilder(PATH);
    for (String segment : segments) {
      if (!segment.isEmpty()) {
        path.append('/').append(UriUtils.encode(segment, StandardCharsets.UTF_8));
      }
    }
    return path.toString();
  }

  /** What others are told. */
  Map<String, Object> said(boolean active) {
    Map<String, Object> said = new LinkedHashMap<>();
    if (isDetailed()) {
      said.put("id", path());
      said.put("type", "subscription");
      said.put("match_type", type());
      said.put("match", selector.text());
    } else {
      said.put("@context", CONTEXT);
      said.put("id", path());
      said.put("type", "Subscription");
      said.put("topic", selector.text());
    }
    said.put("subscriber", subscriber);
    said.put("active", active);
    if (payload != null) {
      said.put("payload", payload);
    }
    return said;
  }
}
