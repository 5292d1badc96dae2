package dev.serai.mercure;

import dev.serai.hub.TopicSelector;
import dev.serai.hub.TopicSelectors;
import dev.serai.mercure.Tokens.BadTokenException;
import dev.serai.urls.BadPatternException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from the claims of a token what its bearer may do. */
final class Claims {
  private static final String NAME = "mercure";
  private static final String LONG_NAME = "https://mercure.rocks/";
  private static final String DETAIL = "https://mercure.rocks/authorization-detail";
  private static final Set<String> EXACT = Set.of("exact", "Exact");
  private static final Set<String> PATTERN = Set.of("urlpattern", "URLPattern");
  private static final int MOST = 200;
  private static final int LONGEST = 2000;

  private final TopicSelectors selectors;

  Claims(TopicSelectors selectors) {
    this.selectors = selectors;
  }

  /** Version 0.x: the claim {@code mercure}. */
  Grants read(Map<String, Object> claims, @Nullable Instant expires, @Nullable String subject)
      throws BadTokenException {
    Object claim = claims.getOrDefault(NAME, claims.get(LONG_NAME));
    if (claim == null) {
      return new Grants(null, List.of(), expires, subject, null, false);
    }
    if (!(claim instanceof Map<?, ?> mercure)) {
      throw new BadTokenException("the claim mercure is no object");
    }
    List<TopicSelector> publish =
        mercure.get("publish") == null ? null : templates(mercure.get("publish"));
    List<TopicSelector> subscribe =
        mercure.get("subscribe") == null ? List.of() : templates(mercure.get("subscribe"));
    return new Grants(publish, subscribe, expires, subject, mercure.get("payload"), false);
  }

  private List<TopicSelector> templates(Object list) throws BadTokenException {
    List<TopicSelector> found = new ArrayList<>();
    for (Object text : list(list, "mercure.publish and mercure.subscribe are lists")) {
      found.add(selectors.topic(text(text)));
    }
    return found;
  }

  /** Version 1.0: the claim {@code authorization_details}, in which nothing may be wrong. */
  Grants readDetails(Object details, @Nullable Instant expires, @Nullable String subject)
      throws BadTokenException {
    List<TopicSelector> publish = new ArrayList<>();
    List<TopicSelector> subscribe = new ArrayList<>();
    Object payload = null;
    for (Object one : list(details, "authorization_details is a list")) {
      if (!(one instanceof Map<?, ?> detail)) {
        throw new BadTokenException("authorization_details holds objects");
      }
      if (!DETAIL.equals(detail.get("type"))) {
        continue; // for somebody else
      }
      List<TopicSelector> topics = new ArrayList<>();
      for (Object topic : list(detail.get("topics"), "topics is a list")) {
        topics.add(selector(topic));
      }
      List<?> actions = list(detail.get("actions"), "actions is a list");
      if (actions.contains("publish")) {
        publish.addAll(topics);
      }
      if (actions.contains("subscribe")) {
        subscribe.addAll(topics);
        payload = payload == null ? detail.get("payload") : payload;
      }
    }
    return new Grants(publish, subscribe, expires, subject, payload, true);
  }

  private TopicSelector selector(Object topic) throws BadTokenException {
    if (!(topic instanceof Map<?, ?> matcher)) {
      throw new BadTokenException("topics holds objects");
    }
    String text = text(matcher.get("match"));
    Object written = matcher.get("match_type");
    Object kind = written == null ? matcher.get("matchType") : written;
    if (kind == null || EXACT.contains(kind)) {
      return TopicSelectors.exact(text);
    }
    if (!PATTERN.contains(kind)) {
      throw new BadTokenException("match_type is exact or urlpattern");
    }
    try {
      return selectors.urlPattern(text);
    } catch (BadPatternException e) {
      throw new BadTokenException("a URL pattern cannot be: " + e.getMessage());
    }
  }

  private static List<?> list(@Nullable Object value, String otherwise) throws BadTokenException {
    if (value instanceof List<?> list && list.size() <= MOST) {
      return list;
    }
    throw new BadTokenException(otherwise + " of up to " + MOST);
  }

  private static String text(@Nullable Object value) throws BadTokenException {
    if (value instanceof String text && !text.isEmpty() && text.length() <= LONGEST) {
      return text;
    }
    throw new BadTokenException("a topic is a text of up to " + LONGEST + " characters");
  }
}
