package dev.serai.broker;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an {@code amqp:} or {@code amqps:} URL.
 *
 * @param username null when the URL names none
 * @param password null when the URL names none
 */
record AmqpUrl(
    BrokerSettings.Address address, @Nullable String username, @Nullable String password) {

  /** Not java.net.URI's own parts: it knows no host with an underscore, as compose files have. */
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:(?<user>[^:@]*)(?::(?<password>[^@]*))?@)?"
              + "(?<host>\\[[0-9a-fA-F:.]+]|[^:@\\[\\]]+)(?::(?<port>[0-9]{1,5}))?");

  /**
   * Takes a URL apart.
   *
   * @param text never quoted in an error, since it may hold a password
   * @throws IllegalArgumentException says what is wrong and what to write
   */
  static AmqpUrl parse(String text) {
    URI uri = uri(text);
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equals("amqp") && !scheme.equals("amqps")) {
      throw wrong("does not begin with amqp:// or amqps://");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw wrong(
          "has a part after ? or #; time-outs are settings of serai.broker,"
              + " and in a password ? is %3F and # is %23");
    }
    Matcher authority = AUTHORITY.matcher(String.valueOf(uri.getRawAuthority()));
    if (uri.getRawAuthority() == null || !authority.matches()) {
      throw wrong("names no host, or a port that is not a number");
    }
    boolean tls = scheme.equals("amqps");
    return new AmqpUrl(
        new BrokerSettings.Address(
            authority.group("host").replaceAll("[\\[\\]]", ""),
            port(authority.group("port"), tls),
            virtualHost(uri.getRawPath()),
            tls),
        decode(authority.group("user")),
        decode(authority.group("password")));
  }

  private static URI uri(String text) {
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      throw wrong("is not a URL (special characters in a password are escaped: @ is %40)");
    }
  }

  private static int port(@Nullable String text, boolean tls) {
    if (text == null) {
      return tls ? 5671 : 5672;
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > 65535) {
      throw wrong("has a port outside 1 to 65535");
    }
    return port;
  }

  /** No path and "/" both mean the virtual host "/", as in Python and Node clients. */
  private static String virtualHost(@Nullable String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return "/";
    }
    if (path.indexOf('/', 1) >= 0) {
      throw wrong("has more than one path segment; a slash in a virtual host is %2F");
    }
    return String.valueOf(decode(path.substring(1)));
  }

  /** A plus sign stays one: this is not a form. */
  private static @Nullable String decode(@Nullable String text) {
    return text == null
        ? null
        : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + "; write amqp://user:password@host:port/vhost");
  }

  @Override
  public String toString() {
    return "AmqpUrl[" + address + "]";
  }
}
