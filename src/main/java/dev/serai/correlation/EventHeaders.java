package dev.serai.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a message say about the event that it is: attributes of a CloudEvent, and to
 * which others it belongs.
 *
 * @param headers by name, as the broker or a route has them
 */
public record EventHeaders(Map<String, ?> headers) {
  private static final List<String> FORMS = List.of("cloudEvents_", "cloudEvents:", "ce-");
  private static final int LONGEST = 255;
  private static final int MOST_PARENTS = 100;

  /** An attribute of the CloudEvent; null for one that is not there, or empty. */
  public @Nullable String attribute(String name) {
    return FORMS.stream()
        .map(form -> text(form + name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The group that the event says it belongs to; null if it says nothing. */
  public @Nullable String correlation() {
    return link("correlationid");
  }

  /** The events that caused it, the direct cause first; without those whose id cannot be kept. */
  public List<String> parents() {
    List<String> found = new ArrayList<>();
    String cause = link("causationid");
    if (cause != null) {
      found.add(cause);
    }
    String several = link("parentids");
    if (several != null) {
      found.addAll(List.of(several.split(",")));
    }
    return kept(found);
  }

  /** Those ids that a chain can keep, each once. */
  static List<String> kept(List<String> ids) {
    return ids.stream()
        .map(String::strip)
        .filter(id -> !id.isEmpty() && id.length() <= LONGEST)
        .distinct()
        .limit(MOST_PARENTS)
        .toList();
  }

  /** A link, as the header that only says it or as an attribute of a CloudEvent. */
  private @Nullable String link(String name) {
    String plain = text(name);
    return plain == null ? attribute(name) : plain;
  }

  /** A header as text, as a store can keep it; null for one that is not there, or empty. */
  @Nullable String text(String name) {
    return clean(headers.get(name));
  }

  static @Nullable String clean(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    String text = value.toString().replace("\0", "");
    return text.isEmpty() ? null : text;
  }
}
