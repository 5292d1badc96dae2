package dev.serai.urls;

import java.util.Locale;

/** Fixed text of a pattern as a parsed URL would have it (URL Pattern, section 3.1). */
final class Canonical {
  private static final String PLACEHOLDER = "/-";

  private Canonical() {}

  static String protocol(String text) throws BadPatternException {
    if (!text.matches("[A-Za-z][A-Za-z0-9+.-]*")) {
      throw new BadPatternException("\"" + text + "\" is no scheme of a URL");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  static String hostname(String text) throws BadPatternException {
    try {
      return Hosts.nameOrIpv4(text);
    } catch (BadUrlException e) {
      throw new BadPatternException("\"" + text + "\" is no host of a URL");
    }
  }

  static String ipv6(String text) throws BadPatternException {
    if (!text.matches("[0-9A-Fa-f\\[\\]:]*")) {
      throw new BadPatternException("\"" + text + "\" is no part of an IPv6 address");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  static String port(String text) throws BadPatternException {
    if (!text.matches("0*\\d{1,5}") || Integer.parseInt(text) > 65535) {
      throw new BadPatternException("\"" + text + "\" is no port");
    }
    return String.valueOf(Integer.parseInt(text));
  }

  /** Only what begins with a slash is a whole path; the rest goes on behind a segment. */
  static String pathname(String text) {
    boolean whole = text.startsWith("/");
    String path = Paths.normal(whole ? text : PLACEHOLDER + text, true);
    return whole ? path : path.substring(Math.min(path.length(), PLACEHOLDER.length()));
  }
}
