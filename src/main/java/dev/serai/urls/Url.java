package dev.serai.urls;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL as browsers read it, in its components (URL, section 4).
 *
 * @param opaque whether the path is no list of segments
 */
record Url(
    String protocol,
    String username,
    String password,
    String hostname,
    String port,
    String pathname,
    String search,
    String hash,
    boolean opaque) {

  /** The schemes whose URLs have hosts, with their usual ports. */
  static final Map<String, String> SPECIAL =
      Map.of("http", "80", "https", "443", "ws", "80", "wss", "443", "ftp", "21", "file", "");

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
  private static final Pattern REST = Pattern.compile("([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);

  /**
   * Reads a text.
   *
   * @param base what a relative one refers to; null: there is none
   * @throws BadUrlException when it is none
   */
  static Url parse(String text, @Nullable Url base) throws BadUrlException {
    String plain = text.strip().replaceAll("[\t\n\r]", "");
    Matcher scheme = SCHEME.matcher(plain);
    if (!scheme.lookingAt()) {
      if (base == null || base.opaque && !plain.startsWith("#")) {
        throw new BadUrlException("no URL: " + text);
      }
      return relative(plain, base);
    }
    String protocol = scheme.group(1).toLowerCase(Locale.ROOT);
    String rest = plain.substring(scheme.end());
    boolean special = SPECIAL.containsKey(protocol);
    if (special && base != null && protocol.equals(base.protocol) && !slashes(rest, special)) {
      return relative(rest, base);
    }
    if (special && !protocol.equals("file")) {
      return withHost(protocol, rest.replaceFirst("^[/\\\\]*", ""));
    }
    return slashes(rest, special) ? withHost(protocol, rest.substring(2)) : without(protocol, rest);
  }

  private static boolean slashes(String rest, boolean special) {
    return rest.startsWith("//") || special && rest.matches("(?s)[/\\\\]{2}.*");
  }

  private static Matcher split(String rest) {
    Matcher parts = REST.matcher(rest);
    if (!parts.matches()) {
      throw new IllegalStateException("everything matches");
    }
    return parts;
  }

  private static Url relative(String text, Url base) throws BadUrlException {
    boolean special = SPECIAL.containsKey(base.protocol);
    if (slashes(text, special)) {
      return withHost(base.protocol, text.substring(2));
    }
    Matcher parts = split(text);
    String path = special ? parts.group(1).replace('\\', '/') : parts.group(1);
    String search = search(parts.group(2), special);
    if (path.isEmpty()) {
      path = base.pathname;
      search = parts.group(2) == null ? base.search : search;
    } else {
      String folder = base.pathname.substring(0, base.pathname.lastIndexOf('/') + 1);
      String whole = path.startsWith("/") ? path : folder + path;
      path = Paths.normal(whole.startsWith("/") ? whole : "/" + whole, special);
    }
    return new Url(
        base.protocol,
        base.username,
        base.password,
        base.hostname,
        base.port,
        path,
        search,
        hash(parts.group(3)),
        base.opaque);
  }

  private static Url without(String protocol, String rest) {
    Matcher parts = split(rest);
    boolean special = SPECIAL.containsKey(protocol);
    String path = parts.group(1);
    boolean opaque = !path.startsWith("/") && !special;
    return new Url(
        protocol,
        "",
        "",
        "",
        "",
        opaque
            ? Percent.CONTROL.encode(path)
            : Paths.normal(path.startsWith("/") ? path : "/" + path, special),
        search(parts.group(2), special),
        hash(parts.group(3)),
        opaque);
  }

  private static Url withHost(String protocol, String rest) throws BadUrlException {
    boolean special = SPECIAL.containsKey(protocol);
    Matcher parts = split(rest);
    String path = special ? parts.group(1).replace('\\', '/') : parts.group(1);
    int slash = path.indexOf('/');
    Authority authority = Authority.parse(protocol, slash < 0 ? path : path.substring(0, slash));
    String after = slash < 0 ? "" : path.substring(slash);
    String pathname =
        after.isEmpty() && !special ? "" : Paths.normal(after.isEmpty() ? "/" : after, special);
    return new Url(
        protocol,
        authority.username(),
        authority.password(),
        authority.hostname(),
        authority.port(),
        pathname,
        search(parts.group(2), special),
        hash(parts.group(3)),
        false);
  }

  private static String search(@Nullable String text, boolean special) {
    return text == null
        ? ""
        : (special ? Percent.SPECIAL_QUERY : Percent.QUERY).encode(text.substring(1));
  }

  private static String hash(@Nullable String text) {
    return text == null ? "" : Percent.FRAGMENT.encode(text.substring(1));
  }
}
