package dev.serai.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a port of the running Serai is: what was typed wins over the environment, a URL over a
 * port.
 */
record Address(String urlVariable, String portVariable, int usual) {
  /** Of the port for applications. */
  static final Address DATA = new Address("SERAI_URL", "SERAI_PORT", 8080);

  /** Of the port for people on call. */
  static final Address OPERATOR = new Address("SERAI_OPERATOR_URL", "SERAI_OPERATOR_PORT", 8081);

  /**
   * Scheme, host and port, and a path where Serai is behind another server.
   *
   * @param url typed; null: none
   * @param port typed, on this machine; null: none
   * @throws BadUsageException if it is no address
   */
  String of(@Nullable String url, @Nullable Integer port, Map<String, String> environment) {
    if (url != null) {
      return checked(url, "the URL");
    }
    if (port != null) {
      return "http://127.0.0.1:" + port;
    }
    String found = environment.getOrDefault(urlVariable, "");
    if (!found.isBlank()) {
      return checked(found, urlVariable);
    }
    String number = environment.getOrDefault(portVariable, "").strip();
    if (!number.isEmpty() && !number.matches("\\d{1,5}")) {
      throw new BadUsageException(
          "%s is \"%s\"; set the number of a port".formatted(portVariable, number));
    }
    return "http://127.0.0.1:" + (number.isEmpty() ? usual : Integer.parseInt(number));
  }

  private static String checked(String url, String name) {
    String text = url.strip().replaceFirst("/+$", "");
    try {
      URI uri = new URI(text);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return text;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new BadUsageException(
        name + " is no address of a Serai; write one such as http://127.0.0.1:" + 8080);
  }
}
