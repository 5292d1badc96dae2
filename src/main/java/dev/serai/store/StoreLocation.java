package dev.serai.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where the state is kept, in the terms of JDBC.
 *
 * @param jdbcUrl may hold a password: never print it
 * @param user empty means that the URL says it, or none is needed
 * @param password empty as for the user
 */
record StoreLocation(String jdbcUrl, String user, String password) {
  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRES = "jdbc:postgresql:";

  /**
   * Reads the settings.
   *
   * @param url {@code postgres://user:password@host:port/database}, a JDBC URL of PostgreSQL or H2,
   *     or empty for H2 in the data folder
   * @param user wins over the one in the URL unless empty
   * @param password wins over the one in the URL unless empty
   * @throws IllegalArgumentException if the URL is of another kind; the message does not quote it
   */
  static StoreLocation of(String url, String user, String password, Path data) {
    if (url.isBlank()) {
      Path file = data.resolve("state").resolve("serai").toAbsolutePath();
      return new StoreLocation(H2 + "file:" + file + H2_OPTIONS, "serai", "");
    }
    if (url.startsWith(H2) || url.startsWith(POSTGRES)) {
      return new StoreLocation(url, user, password);
    }
    if (url.startsWith("postgres://") || url.startsWith("postgresql://")) {
      return ofUri(parse(url), user, password);
    }
    throw badUrl();
  }

  // The statements are PostgreSQL's; H2 takes them in that mode. H2 must not close with the JVM,
  // because routes drain first, and must have written when a commit returns.
  private static final String H2_OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
          + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;LOCK_TIMEOUT=5000";

  private static StoreLocation ofUri(URI uri, String user, String password) {
    String[] login =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new StoreLocation(
        POSTGRES + "//" + uri.getHost() + port + uri.getRawPath() + query,
        choose(user, login, 0),
        choose(password, login, 1));
  }

  private static String choose(String setting, String[] login, int index) {
    if (!setting.isEmpty() || login.length <= index) {
      return setting;
    }
    return URLDecoder.decode(login[index].replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static URI parse(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null && uri.getRawPath().length() > 1) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The cause would quote the URL with its password.
    }
    throw badUrl();
  }

  private static IllegalArgumentException badUrl() {
    return new IllegalArgumentException(
        "bad-db-url: serai.db.url (SERAI_DB_URL) is none of postgres://user:password@host:port/database,"
            + " jdbc:postgresql://host:port/database, jdbc:h2:…; a password with special characters"
            + " belongs into SERAI_DB_PASSWORD");
  }

  /** Whether the state is in this process's own files or memory, out of reach for any other. */
  boolean ownedByThisProcess() {
    return jdbcUrl.startsWith(H2);
  }

  /** The kind and place, without login and options. */
  String describe() {
    if (ownedByThisProcess()) {
      return "H2 at " + upTo(jdbcUrl.substring(H2.length()), ';');
    }
    String place = upTo(jdbcUrl.substring(POSTGRES.length()), '?');
    return "PostgreSQL at " + place.substring(place.lastIndexOf('@') + 1).replaceFirst("^//", "");
  }

  private static String upTo(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return describe();
  }
}
