package dev.serai.hub;

import dev.serai.hub.TopicSelector.Kind;
import dev.serai.urls.BadPatternException;
import dev.serai.urls.UriTemplate;
import dev.serai.urls.UrlPattern;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Makes selectors of topics. Clients and tokens that say the same share one that was compiled once.
 * Thread-safe.
 */
@Component
public class TopicSelectors {
  static final int MOST_SHARED = 1000;
  private static final String ALL = "*";
  private static final int LONGEST = 2000; // characters of a topic

  private final String base;
  private final Map<Said, WeakReference<TopicSelector>> shared = // guarded by itself
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Said, WeakReference<TopicSelector>> eldest) {
          return size() > MOST_SHARED;
        }
      };

  private record Said(Kind kind, String text) {}

  /**
   * Of one process.
   *
   * @param base absolute URL that relative URL patterns and relative topics refer to
   */
  public TopicSelectors(@Value("${serai.mercure.public-url}") String base) {
    this.base = base;
  }

  /** This topic, character by character; all topics if it is {@code *}. */
  public static TopicSelector exact(String text) {
    return exact(Kind.MATCH, text);
  }

  /**
   * What a client says under a name: {@code topic}, {@code match} or {@code match_urlpattern}.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  TopicSelector named(String name, String text) {
    if (!Update.isClean(text, LONGEST)) {
      throw new IllegalArgumentException(
          "it has 1 to %d characters, none of them a control character".formatted(LONGEST));
    }
    try {
      return switch (name) {
        case "topic" -> topic(text);
        case "match", "match_exact", "matchExact" -> exact(text);
        case "match_urlpattern", "matchURLPattern" -> urlPattern(text);
        default -> throw new IllegalArgumentException("there are match and match_urlpattern only");
      };
    } catch (BadPatternException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static TopicSelector exact(Kind kind, String text) {
    return new TopicSelector(kind, text, text.equals(ALL) ? topic -> true : text::equals);
  }

  /** This topic, all if it is {@code *}, or what a template of RFC 6570 can be expanded to. */
  public TopicSelector topic(String text) {
    if (!text.contains("{")) {
      return exact(Kind.TOPIC, text);
    }
    TopicSelector known = known(new Said(Kind.TOPIC, text));
    if (known != null) {
      return known;
    }
    try {
      UriTemplate template = UriTemplate.compile(text);
      return share(Kind.TOPIC, text, topic -> topic.equals(text) || template.matches(topic));
    } catch (BadPatternException e) {
      return exact(Kind.TOPIC, text); // as the hubs of Mercure 0.x do
    }
  }

  /**
   * What a URL pattern matches; all topics if it is {@code *}.
   *
   * @throws BadPatternException when it is none, or could take too long
   */
  public TopicSelector urlPattern(String text) throws BadPatternException {
    TopicSelector known = known(new Said(Kind.URL_PATTERN, text));
    if (known != null) {
      return known;
    }
    return share(
        Kind.URL_PATTERN,
        text,
        text.equals(ALL) ? topic -> true : UrlPattern.compile(text, base)::matches);
  }

  private @Nullable TopicSelector known(Said said) {
    synchronized (shared) {
      WeakReference<TopicSelector> reference = shared.get(said);
      return reference == null ? null : reference.get();
    }
  }

  private TopicSelector share(Kind kind, String text, Predicate<String> test) {
    TopicSelector made = new TopicSelector(kind, text, new Remembered(test));
    synchronized (shared) {
      shared.put(new Said(kind, text), new WeakReference<>(made));
    }
    return made;
  }
}
