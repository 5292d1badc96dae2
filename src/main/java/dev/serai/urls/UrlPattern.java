package dev.serai.urls;

import com.google.re2j.Pattern;
import java.util.EnumMap;
import java.util.Map;

/**
 * A pattern of URLs (WHATWG URL Pattern), without the option to ignore case. Matches in a time that
 * grows with the length of pattern and URL only. Immutable.
 */
public final class UrlPattern {
  private static final int LONGEST = 500;
  private static final String META = "+*?:{}()\\";

  private final Url base;
  private final Map<Component, Pattern> components = new EnumMap<>(Component.class);

  private UrlPattern(Url base) {
    this.base = base;
  }

  /**
   * Reads a pattern.
   *
   * @param text up to 500 characters
   * @param base absolute URL that relative patterns and relative URLs refer to
   * @throws BadPatternException with what is wrong, or what would take too long
   */
  public static UrlPattern compile(String text, String base) throws BadPatternException {
    if (text.length() > LONGEST) {
      throw new BadPatternException("it has over " + LONGEST + " characters");
    }
    try {
      UrlPattern pattern = new UrlPattern(Url.parse(base, null));
      pattern.fill(PatternText.divide(text));
      return pattern;
    } catch (BadUrlException e) {
      throw new BadPatternException("the base is no URL");
    }
  }

  /** Whether a URL matches; what is none does not. */
  public boolean matches(String url) {
    try {
      Url parsed = Url.parse(url, base);
      return matches(Component.PROTOCOL, parsed.protocol())
          && matches(Component.HOSTNAME, parsed.hostname())
          && matches(Component.PATHNAME, parsed.pathname())
          && matches(Component.PORT, parsed.port())
          && matches(Component.USERNAME, parsed.username())
          && matches(Component.PASSWORD, parsed.password())
          && matches(Component.SEARCH, parsed.search())
          && matches(Component.HASH, parsed.hash());
    } catch (BadUrlException e) {
      return false;
    }
  }

  private boolean matches(Component component, String text) {
    Pattern pattern = components.get(component);
    return pattern == null || pattern.matches(text);
  }

  private void fill(Map<Component, String> found) throws BadPatternException {
    inherit(found);
    String protocol = found.getOrDefault(Component.PROTOCOL, "*");
    if (Url.SPECIAL.containsKey(protocol)
        && found.getOrDefault(Component.PORT, "*").equals(Url.SPECIAL.get(protocol))) {
      found.put(Component.PORT, "");
    }
    Pattern schemes = Component.PROTOCOL.compile(protocol);
    boolean special = Url.SPECIAL.keySet().stream().anyMatch(schemes::matches);
    for (Map.Entry<Component, String> one : found.entrySet()) {
      if (!one.getValue().equals("*")) {
        components.put(
            one.getKey(), how(one.getKey(), one.getValue(), special).compile(one.getValue()));
      }
    }
  }

  private static Component how(Component component, String text, boolean special) {
    if (component == Component.HOSTNAME && text.matches("(?s)(\\[|\\{\\[|\\\\\\[).*")) {
      return Component.IPV6;
    }
    return component == Component.PATHNAME && !special ? Component.OPAQUE : component;
  }

  /** What the text does not say is as in the base, up to the first component that it says. */
  private void inherit(Map<Component, String> found) {
    if (!found.containsKey(Component.PROTOCOL)) {
      boolean host = found.containsKey(Component.HOSTNAME);
      boolean port = host || found.containsKey(Component.PORT);
      boolean path = port || found.containsKey(Component.PATHNAME);
      boolean search = path || found.containsKey(Component.SEARCH);
      found.put(Component.PROTOCOL, quoted(base.protocol()));
      put(found, Component.HOSTNAME, base.hostname(), !host);
      put(found, Component.PORT, base.port(), !port);
      put(found, Component.PATHNAME, base.pathname(), !path);
      put(found, Component.SEARCH, base.search(), !search);
      put(found, Component.HASH, base.hash(), !search && !found.containsKey(Component.HASH));
      String pathname = found.getOrDefault(Component.PATHNAME, "/");
      if (!base.opaque()
          && !pathname.startsWith("/")
          && !pathname.startsWith("\\/")
          && !pathname.startsWith("{/")) {
        String folder = base.pathname().substring(0, base.pathname().lastIndexOf('/') + 1);
        found.put(Component.PATHNAME, quoted(folder) + pathname);
      }
    }
  }

  private static void put(
      Map<Component, String> found, Component component, String text, boolean wanted) {
    if (wanted) {
      found.put(component, quoted(text));
    }
  }

  /** A text without a meaning in patterns. */
  private static String quoted(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (char character : text.toCharArray()) {
      if (META.indexOf(character) >= 0) {
        result.append('\\');
      }
      result.append(character);
    }
    return result.toString();
  }
}
