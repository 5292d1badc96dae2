package dev.serai.urls;

import java.util.Optional;

/** The paths that texts lead to. */
public final class UrlPaths {
  private UrlPaths() {}

  /**
   * The path of a URL without dot segments and percent codes.
   *
   * @param base absolute URL that a relative one refers to
   * @return empty when the text is no URL
   */
  public static Optional<String> decoded(String text, String base) {
    try {
      String path = Url.parse(text, Url.parse(base, null)).pathname();
      String plain = Percent.decode(path);
      return Optional.of(plain.startsWith("/") ? Paths.normal(plain, true) : plain);
    } catch (BadUrlException e) {
      return Optional.empty();
    }
  }
}
